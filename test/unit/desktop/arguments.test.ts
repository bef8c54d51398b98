import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { libraryArgument } from '../../../src-main/desktop/arguments.ts'

test('reads --library in either spelling, relative to the current folder', () => {
  const file = resolve('/home/ada/runs.chalcogen')
  expect(libraryArgument(['--library', 'runs.chalcogen'], '/home/ada')).toBe(file)
  expect(libraryArgument(['--library=runs.chalcogen'], '/home/ada')).toBe(file)
})

test('ignores the switches and arguments of Electron', () => {
  expect(libraryArgument(['.', '--user-data-dir=/tmp/x', '-r', 'loader.js', '--no-sandbox', '--library', '/a'], '/')).toBe(resolve('/a'))
})

test('is undefined without a file', () => {
  expect(libraryArgument(['.', '--no-sandbox'], '/')).toBeUndefined()
  expect(libraryArgument(['--library'], '/')).toBeUndefined()
})
