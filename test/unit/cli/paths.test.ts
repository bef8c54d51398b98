import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { typedFile, typedFolder, typedPath } from '../../../src-main/cli/paths.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../../..')
const npm = { INIT_CWD: '/home/me', npm_package_json: join(root, 'package.json') }

afterEach(() => { vi.unstubAllEnvs() })

test.each([
  ['npm runs the command in the project', npm, root, '/home/me'],
  ['npm of another project runs the command', { ...npm, npm_package_json: '/other/package.json' }, root, root],
  ['another program of this project runs the command elsewhere', npm, '/tmp', '/tmp'],
  ['no npm runs the command', {}, '/tmp', '/tmp'],
])('finds the folder where the command was typed if %s', (_, env, cwd, typed) => {
  expect(typedFolder(env, cwd)).toBe(typed)
})

test('relative paths start in that folder', () => {
  const folder = temporaryFolder()
  vi.stubEnv('INIT_CWD', folder)
  vi.stubEnv('npm_package_json', npm.npm_package_json)
  vi.spyOn(process, 'cwd').mockReturnValue(root)
  expect([typedPath('a/b.json'), typedPath('/c.json'), typedFile('new.chalcogen', 'x')])
    .toEqual([join(folder, 'a/b.json'), '/c.json', join(folder, 'new.chalcogen')])
  mkdirSync(join(folder, 'there'))
  for (const word of ['there', 'there/', 'newfolder/', `${folder}/newfolder/`]) {
    expect(() => typedFile(word, 'library.chalcogen')).toThrow(/must be a file, not a folder.*library\.chalcogen/)
  }
})
