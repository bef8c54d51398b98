import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPreferences } from '../../../src-main/desktop/preferences.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

test('keeps what was chosen', () => {
  const file = join(temporaryFolder(), 'preferences.json')
  expect(openPreferences(file).current).toEqual({ askBeforeQuit: true })
  openPreferences(file).change({ askBeforeQuit: false })
  expect(openPreferences(file).current).toEqual({ askBeforeQuit: false })
})

test('a damaged file has the defaults', () => {
  const file = join(temporaryFolder(), 'preferences.json')
  writeFileSync(file, '{"askBeforeQuit": "perhaps"}')
  expect(openPreferences(file).current).toEqual({ askBeforeQuit: true })
})
