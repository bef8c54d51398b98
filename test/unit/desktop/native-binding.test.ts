import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nativeBinding } from '../../../src-main/desktop/native-binding.ts'

test('uses our own binary below Node-API 10', () => {
  expect(nativeBinding('/app', 9)).toBe(join('/app', '.runtime', 'better_sqlite3.node'))
  expect(nativeBinding('/app', 10)).toBeUndefined()
  expect(nativeBinding('/app', 11)).toBeUndefined()
})

test('in a package, finds the binary next to the archive, because none can be loaded from inside it', () => {
  const archive = join('/opt', 'resources', 'app.asar')
  expect(nativeBinding(archive, 9)).toBe(join('/opt', 'resources', '.runtime', 'better_sqlite3.node'))
  expect(nativeBinding(archive, 10)).toBeUndefined()
})
