import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { KeptDocuments } from '../../../src-main/library/kept.ts'
import { migrate } from '../../../src-main/library/migrations/migrate.ts'

function newLibrary() {
  const db = new Database(':memory:')
  migrate(db)
  return { db, figures: new KeptDocuments(db, 'figure'), views: new KeptDocuments(db, 'view') }
}

const at = (hour: number) => `2026-11-30T${hour}:00:00.000Z`

test('keeps figures, the last changed first, and replaces one of the same name regardless of case', () => {
  const { figures } = newLibrary()
  figures.save({ name: 'Losses', changedAt: at(10), document: { version: 1 } })
  figures.save({ name: 'Spikes', changedAt: at(11), document: { version: 1 } })
  figures.save({ name: 'losses', changedAt: at(12), document: { version: 1, panels: [] } })
  expect(figures.all()).toEqual([
    { name: 'losses', changedAt: at(12), document: { version: 1, panels: [] } }, { name: 'Spikes', changedAt: at(11), document: { version: 1 } },
  ])
})

test('deletes a figure once', () => {
  const { figures } = newLibrary()
  figures.save({ name: 'Losses', changedAt: at(10), document: {} })
  figures.delete('LOSSES')
  expect(figures.all()).toEqual([])
  expect(() => figures.delete('Losses')).toThrow('The library has no figure Losses.')
})

test('lists a figure whose document is damaged', () => {
  const { db, figures } = newLibrary()
  db.prepare('INSERT INTO figures VALUES (?, ?, ?)').run('Broken', at(10), '{')
  expect(figures.all()).toEqual([{ name: 'Broken', changedAt: at(10), document: undefined }])
})

test('keeps views beside figures of the same name', () => {
  const { figures, views } = newLibrary()
  figures.save({ name: 'Losses', changedAt: at(10), document: {} })
  views.save({ name: 'Losses', changedAt: at(11), document: 'chalcogen:library?filter=mse<0.05' })
  expect(views.all()).toEqual([{ name: 'Losses', changedAt: at(11), document: 'chalcogen:library?filter=mse<0.05' }])
  views.delete('Losses')
  expect(figures.all()).toHaveLength(1)
  expect(() => views.delete('Losses')).toThrow('The library has no view Losses.')
})
