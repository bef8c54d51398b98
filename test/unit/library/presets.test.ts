import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/spec/spec.ts'
import { migrate } from '../../../src-main/library/migrations/migrate.ts'
import { Presets } from '../../../src-main/library/presets.ts'

function newPresets(): Presets {
  const db = new Database(':memory:')
  migrate(db)
  return new Presets(db)
}

const spec = specSchema.parse({ seed: 7 })
const presetOf = (title: string) => ({ title, description: 'd', provenance: 'p', spec, createdAt: '2026-11-25T20:00:00.000Z' })

test('what is saved is read back, in the order of the titles', () => {
  const presets = newPresets()
  expect(presets.save(presetOf('Threshold 0.77'))).toBe('own/threshold-0-77')
  expect(presets.save(presetOf('a quiet network'))).toBe('own/a-quiet-network')
  expect(presets.all()).toEqual([
    { id: 'own/a-quiet-network', title: 'a quiet network', description: 'd', provenance: 'p', spec },
    { id: 'own/threshold-0-77', title: 'Threshold 0.77', description: 'd', provenance: 'p', spec },
  ])
})

test('a title that is taken is refused, whatever its case; titles that look alike have ids of their own', () => {
  const presets = newPresets()
  presets.save(presetOf('Noise ×2'))
  expect(presets.save(presetOf('noise ×2 '))).toBeNull()
  expect(presets.save(presetOf('Noise 2'))).toBe('own/noise-2-2')
  expect(presets.all()).toHaveLength(2)
})

test('a deleted preset is gone, and saved again it has its id back', () => {
  const presets = newPresets()
  const id = presets.save(presetOf('Mine'))!
  presets.delete(id)
  expect(presets.all()).toEqual([])
  expect(() => presets.delete(id)).toThrow(/no preset own\/mine/)
  expect(presets.save(presetOf('Mine'))).toBe(id)
})

test('any title has an id that is no other\'s', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), { maxLength: 12 }), (titles) => {
    const presets = newPresets()
    const ids = titles.flatMap((title) => presets.save(presetOf(title)) ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(presets.all().map(({ id }) => id).sort()).toEqual(ids.sort())
  }), { numRuns: 30 })
})
