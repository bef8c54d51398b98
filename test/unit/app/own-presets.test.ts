import { expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { ownPresets, saveOwnPreset } from '../../../src-main/app/own-presets.ts'
import type { Preset } from '../../../src-main/contract/contract.ts'
import type { NewPreset } from '../../../src-main/library/library.ts'

const spec = specSchema.parse({ preset: 'pattern-generation/fp32', seed: 7 })
const shipped: Preset[] = [{ id: 'pattern-generation/fp32', title: 'FP32 baseline', description: '', provenance: '', own: false, spec }]
const draft = { title: ' Mine ', description: 'd', provenance: 'p', spec: { seed: 7 } }

test('a saved preset has its own id and every default in its spec', async () => {
  const saved: NewPreset[] = []
  const library = { savePreset: async (preset: NewPreset) => { saved.push(preset); return 'own/mine' } }
  const preset = await saveOwnPreset(library, shipped, draft)
  expect(preset).toEqual({
    id: 'own/mine', title: 'Mine', description: 'd', provenance: 'p', own: true, spec: specSchema.parse({ preset: 'own/mine', seed: 7 }),
  })
  expect(saved).toMatchObject([{ title: 'Mine', spec: specSchema.parse({ seed: 7 }) }])
})

test.each([
  ['no title', { ...draft, title: '  ' }, 'title'],
  ['the title of a built-in preset', { ...draft, title: 'fp32 BASELINE' }, 'title'],
  ['an invalid spec', { ...draft, spec: { training: { epochs: 0 } } }, 'training.epochs'],
])('refuses %s and writes nothing', async (_, refused, path) => {
  const library = { savePreset: async () => { throw new Error('was written') } }
  await expect(saveOwnPreset(library, shipped, refused)).rejects.toMatchObject({ name: 'BadInput', problems: [{ path }] })
})

test('refuses the title of another own preset', async () => {
  await expect(saveOwnPreset({ savePreset: async () => null }, shipped, draft)).rejects.toMatchObject({ problems: [{ path: 'title', found: '"Mine"' }] })
})

test('leaves out presets with an outdated spec and lists the others', async () => {
  const kept = { title: 'Mine', description: '', provenance: '' }
  const presets = async () => [{ ...kept, id: 'own/mine', spec: { seed: 7 } }, { ...kept, id: 'own/newer', spec: { sead: 7 } }]
  expect((await ownPresets({ presets })).map(({ id, own }) => [id, own])).toEqual([['own/mine', true]])
})
