import { expect, test } from 'vitest'
import { defaultSettings } from '../../../src-main/contract/library.ts'
import { Settings } from '../../../src-main/library/settings.ts'
import { memoryLibrary } from './support.ts'

test('settings have defaults, and each is changed alone', () => {
  const settings = new Settings(memoryLibrary())
  expect(settings.all()).toEqual(defaultSettings)
  expect(settings.change({ workers: 3, held: undefined })).toEqual({ ...defaultSettings, workers: 3 })
  expect(settings.change({ held: true })).toEqual({ ...defaultSettings, workers: 3, held: true })
})

test('a stored value that is not allowed or cannot be read counts as the default', () => {
  const db = memoryLibrary()
  const settings = new Settings(db)
  settings.change({ workers: 3 })
  const put = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  put.run('budget', '-5')
  put.run('backupEvery', '{')
  put.run('of another version', '1')
  expect(settings.all()).toEqual({ ...defaultSettings, workers: 3 })
})
