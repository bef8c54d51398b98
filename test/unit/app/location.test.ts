import path from 'node:path'
import { expect, test } from 'vitest'
import { defaultLibraryFile } from '../../../src-main/app/location.ts'

test.each([
  ['linux', {}, path.join('/home/ada', '.local/share/chalcogen/library.chalcogen')],
  ['linux', { XDG_DATA_HOME: '/data' }, path.join('/data', 'chalcogen/library.chalcogen')],
  ['darwin', {}, path.join('/home/ada', 'Library/Application Support/Chalcogen/library.chalcogen')],
  ['win32', { APPDATA: '/roaming' }, path.join('/roaming', 'Chalcogen/library.chalcogen')],
  ['linux', { CHALCOGEN_LIBRARY: '/elsewhere/mine.chalcogen' }, '/elsewhere/mine.chalcogen'],
] as const)('%s with %o', (platform, env, file) => {
  expect(defaultLibraryFile({ platform, home: '/home/ada', env })).toBe(file)
})
