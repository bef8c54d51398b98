import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildKind } from '../../../src-main/desktop/build-kind.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

function packageSaying(manifest: object): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

test('a package states its kind', () => {
  expect(buildKind(packageSaying({ buildKind: 'release' }), true)).toBe('release')
  expect(buildKind(packageSaying({ buildKind: 'development' }), true)).toBe('development')
})

test('a package of unknown kind is not a release', () => {
  expect(buildKind(packageSaying({}), true)).toBe('development')
  expect(buildKind(packageSaying({ buildKind: 'RELEASE' }), true)).toBe('development')
})

test('a clone is a source build, whatever its manifest says', () => {
  expect(buildKind(packageSaying({ buildKind: 'release' }), false)).toBe('source')
  expect(buildKind('/missing', false)).toBe('source')
})
