import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { migrate } from '../../../src-main/library/migrations/migrate.ts'
import { Presets } from '../../../src-main/library/presets.ts'

function newPresets(): Presets {
  const db = new Database(':memory:')
  migrate(db)
  return new Presets(db)
}

const spec = specSchema.parse({ seed: 7 })
const presetOf = (title: string) => ({ title, description: 'd', provenance: 'p', spec, createdAt: '2026-11-25T20:00:00.000Z' })

test('reads saved presets, sorted by title', () => {
  const presets = newPresets()
  expect(presets.save(presetOf('Threshold 0.77'))).toBe('own/threshold-0-77')
  expect(presets.save(presetOf('a quiet network'))).toBe('own/a-quiet-network')
  expect(presets.all()).toEqual([
    { id: 'own/a-quiet-network', title: 'a quiet network', description: 'd', provenance: 'p', spec },
    { id: 'own/threshold-0-77', title: 'Threshold 0.77', description: 'd', provenance: 'p', spec },
  ])
})

test('refuses a title that is taken, regardless of case, and gives similar titles different ids', () => {
  const presets = newPresets()
  presets.save(presetOf('Noise ×2'))
  expect(presets.save(presetOf('noise ×2 '))).toBeNull()
  expect(presets.save(presetOf('Noise 2'))).toBe('own/noise-2-2')
  expect(presets.all()).toHaveLength(2)
})

test('deletes a preset, and gives it the same id when it is saved again', () => {
  const presets = newPresets()
  const id = presets.save(presetOf('Mine'))!
  presets.delete(id)
  expect(presets.all()).toEqual([])
  expect(() => presets.delete(id)).toThrow(/no preset own\/mine/)
  expect(presets.save(presetOf('Mine'))).toBe(id)
})

test('gives every title a unique id', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { maxLength: 12 }), (titles) => {
    const presets = newPresets()
    const ids = titles.flatMap((title) => presets.save(presetOf(title)) ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(presets.all().map(({ id }) => id).sort()).toEqual(ids.sort())
  }), { numRuns: 30 })
})
