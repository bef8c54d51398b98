import { expect, test } from 'vitest'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { presetGroups } from '../../../../src-renderer/views/design/preset-groups.ts'

const preset = (id: string) => ({ id, title: id, description: '', provenance: '', own: id.startsWith('own/'), spec: specSchema.parse({}) })

test('groups presets by folder, largest group first, and keeps their order', () => {
  const presets = ['imported-signal/co2', 'pattern-generation/fp32', 'pattern-generation/sign'].map(preset)
  expect(presetGroups(presets).map(({ title, presets }) => [title, presets.map(({ id }) => id)])).toEqual([
    ['Pattern generation', ['pattern-generation/fp32', 'pattern-generation/sign']],
    ['Imported signal', ['imported-signal/co2']],
  ])
})

test('lists the user\'s presets first, sorted by title', () => {
  const presets = ['pattern-generation/fp32', 'pattern-generation/sign', 'own/b', 'own/a'].map(preset)
  expect(presetGroups(presets).map(({ title, presets }) => [title, presets.map(({ id }) => id)])).toEqual([
    ['Your presets', ['own/a', 'own/b']],
    ['Pattern generation', ['pattern-generation/fp32', 'pattern-generation/sign']],
  ])
})
