import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { engineDigest } from '../../../scripts/engine-digest.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

function engine(files: Record<string, string>): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'device'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const files = { 'a.ts': 'export const a = 1\n', 'device/b.ts': 'export const b = 2\n' }

test('the digest depends on the sources, not on their folder', () => {
  expect(engineDigest(engine(files))).toMatch(/^[0-9a-f]{64}$/)
  expect(engineDigest(engine(files))).toBe(engineDigest(engine(files)))
})

test('any change to a source or its name changes the digest', () => {
  const digest = engineDigest(engine(files))
  expect(engineDigest(engine({ ...files, 'device/b.ts': 'export const b = 3\n' }))).not.toBe(digest)
  expect(engineDigest(engine({ 'a.ts': files['a.ts'], 'device/c.ts': files['device/b.ts'] }))).not.toBe(digest)
})

test('line endings do not change the digest', () => {
  expect(engineDigest(engine({ ...files, 'a.ts': 'export const a = 1\r\n' }))).toBe(engineDigest(engine(files)))
})
