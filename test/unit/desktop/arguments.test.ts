import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { askedLibrary } from '../../../src-main/desktop/arguments.ts'

test('reads --library in either spelling, relative to the current folder', () => {
  const file = resolve('/home/ada/runs.chalcogen')
  expect(askedLibrary(['--library', 'runs.chalcogen'], '/home/ada')).toBe(file)
  expect(askedLibrary(['--library=runs.chalcogen'], '/home/ada')).toBe(file)
})

test('ignores the switches and arguments of Electron', () => {
  expect(askedLibrary(['.', '--user-data-dir=/tmp/x', '-r', 'loader.js', '--no-sandbox', '--library', '/a'], '/')).toBe(resolve('/a'))
})

test('is undefined without a file', () => {
  expect(askedLibrary(['.', '--no-sandbox'], '/')).toBeUndefined()
  expect(askedLibrary(['--library'], '/')).toBeUndefined()
})
