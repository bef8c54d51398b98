import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { askedLibrary } from '../../../src-main/desktop/arguments.ts'

test('--library names the file, in either spelling, from the folder of the call', () => {
  const file = resolve('/home/ada/runs.chalcogen')
  expect(askedLibrary(['--library', 'runs.chalcogen'], '/home/ada')).toBe(file)
  expect(askedLibrary(['--library=runs.chalcogen'], '/home/ada')).toBe(file)
})

test('switches and words of Electron pass by', () => {
  expect(askedLibrary(['.', '--user-data-dir=/tmp/x', '-r', 'loader.js', '--no-sandbox', '--library', '/a'], '/')).toBe(resolve('/a'))
})

test('without a file there is no answer', () => {
  expect(askedLibrary(['.', '--no-sandbox'], '/')).toBeUndefined()
  expect(askedLibrary(['--library'], '/')).toBeUndefined()
})
