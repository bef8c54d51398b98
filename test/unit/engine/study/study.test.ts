import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { armOf, armsOf, settingsOfPreset, type SettingsOf } from '../../../../src-engine/study/arms.ts'
import { checkStudy } from '../../../../src-engine/study/check-study.ts'
import { retuneTasks } from '../../../../src-engine/study/retune.ts'
import { searchTasks, stepOf } from '../../../../src-engine/study/search.ts'
import { sectionsOf } from '../../../../src-engine/study/sections.ts'
import type { StudySettings } from '../../../../src-engine/study/settings.ts'
import type { Study, StudyInput } from '../../../../src-engine/study/study.ts'
import { expandSweep } from '../../../../src-engine/sweep/expand-sweep.ts'

const documentOf = (id: string) => JSON.parse(readFileSync(`resources/studies/${id}.json`, 'utf8')) as StudyInput
function studyOf(document: unknown): Study {
  const checked = checkStudy(document)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.study
}
const shipped = (id: string): Spec =>
  parseSpec((JSON.parse(readFileSync(`resources/presets/${id}.json`, 'utf8')) as { spec: unknown }).spec, id)

function expanded(document: unknown) {
  const result = expandSweep(document)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result
}

const paper = studyOf(documentOf('paper'))
const presetOf = (study: Study, armId: string) => {
  const { device, scheme } = armOf(study, armId)
  return shipped(`${device.presets}/${scheme.id}`)
}
/** The arms that have presets: those on devices whose settings were searched. */
const ofPresets = armsOf(paper).filter(({ device }) => device.presets !== undefined)
/** Settings as three searches might find them, in the middle of their ranges. */
const found = (study: Study): SettingsOf => (armId) => {
  const task = searchTasks(study).find(({ id }) => id === armId)
  if (task === undefined) return [[{ path: 'network.threshold', value: 0.5 }]]
  return [1, 2, 3].map((restart) => {
    const step = stepOf(task, restart, [])
    return step.kind === 'batch' ? step.changes[0]! : []
  })
}

describe('the study of the paper', () => {
  const sectionOf = (id: string) => sectionsOf(paper, found(paper)).find((section) => section.id === id)!

  it('has every scheme on every device, with ten seeds and every search', () => {
    const { document, facets, modes } = sectionOf('schemes')
    const { runs, sweep } = expanded(document)
    expect(Object.keys(facets!)).toHaveLength(2 + 6 * 7)
    expect(runs).toHaveLength(44 * 3 * 10)
    expect(sweep.comparison!.reference).toBe('Mixed precision, full PCM model')
    expect(modes!.map(({ id }) => id)).toEqual(['full', 'bits-3', 'bits-4', 'bits-5', 'bits-6', 'bits-7', 'bits-8', 'digital'])
  })

  it('ships presets with the best settings of each search', () => {
    const { arms: settings } = JSON.parse(readFileSync('resources/studies/paper.settings.json', 'utf8')) as StudySettings
    expect(ofPresets).toHaveLength(20)
    for (const { id, settingsOf, device, scheme } of ofPresets) {
      const preset = presetOf(paper, id)
      expect(preset.scheme.kind, id).toBe(scheme.changes!['scheme.kind'])
      expect(preset.device, id).toMatchObject(device.id === 'digital' ? {} : { model: device.changes!['device.model'] })
      const own = Object.fromEntries(settingsOfPreset(preset).map(({ path, value }) => [path, value]))
      expect(own, id).toMatchObject(settings[settingsOf]![0]!.settings)
    }
  })

  it('has the ablation and the conventions of mixed precision', () => {
    for (const id of ['ablation', 'conventions']) {
      const { arms, runs } = expanded(sectionOf(id).document)
      expect(runs).toHaveLength(10 * arms.length)
      expect(arms[0]!.spec).toMatchObject({ scheme: { kind: 'mixed-precision' }, training: { epochs: 250 }, device: { model: 'pcm', readNoise: 'exact' } })
    }
  })

  it('searches every arm with the same budget, in one common box and its own, on seeds of no tournament', () => {
    const tasks = searchTasks(paper)
    expect(tasks.map(({ id }) => id)).toEqual(ofPresets.filter(({ id, settingsOf }) => id === settingsOf).map(({ id }) => id))
    const { boxes } = paper.search!
    for (const { box, search, spec } of tasks) {
      expect(search).toBe(paper.search)
      expect(box).toMatchObject(boxes.network!)
      for (const [path, range] of Object.entries(box)) {
        const common = Object.values(boxes).find((each) => path in each)
        if (common) expect(range, path).toEqual(common[path])
        else expect(path).toMatch(/^scheme[.]/)
      }
      expect(spec).toMatchObject({ training: { epochs: 250, giveUpAfter: 20 }, device: { readNoise: 'summed' } })
    }
    expect(paper.search!.seeds.filter((seed) => paper.seeds.includes(seed))).toEqual([])
    expect(expanded((stepOf(tasks[0]!, 1, []) as { document: unknown }).document).runs).toHaveLength(48)
  })

  it('groups the restarts of a search, which count as one arm', () => {
    const { sweep } = expanded(sectionOf('schemes').document)
    expect(sweep.variants).toHaveLength(44 * 3)
    expect(new Set(sweep.variants.map(({ group }) => group)).size).toBe(44)
    expect(sweep.variants[0]).toMatchObject({ label: 'Sign, full PCM model, search 1', group: 'Sign, full PCM model' })
  })

  it('gives the devices between the settings of the nearer one, with their own pulses', () => {
    const { document, modes } = sectionOf('schemes')
    const arms = new Map(expanded(document).arms.map(({ label, spec }) => [label, spec]))
    for (const [bit, from] of [[4, 3], [5, 3], [6, 8], [7, 8]] as const) {
      const armOf = (n: number) => arms.get(`Mixed precision, ${n} bits, search 2`)!
      const [own, other] = [armOf(bit), armOf(from)]
      expect({ ...own!.device, bits: from }).toEqual(other.device)
      expect(own.scheme).toEqual({ ...other!.scheme, smallestJump: 12 / 2 ** bit })
      expect(own.network).toEqual(other.network)
      expect(own.device.bits).toBe(bit)
      expect(modes!.find(({ id }) => id === `bits-${bit}`)!.settingsOf).toBe(`Performance mode, ${from} bits`)
    }
    expect(arms.get('Sign, 5 bits, search 1')!.scheme).not.toHaveProperty('smallestJump')
    expect(searchTasks(paper).map(({ id }) => id.split('/')[1])).not.toContain('bits-5')
  })

  it('gives eight pairs the settings of four on each device', () => {
    const { document, facets } = sectionOf('schemes')
    const arms = new Map(expanded(document).arms.map(({ label, spec }) => [label, spec]))
    for (const device of ['full PCM model', '3 bits', '6 bits']) {
      const armOf = (pairs: number) => arms.get(`Multi-memristor, ${pairs} pairs, ${device}, search 3`)!
      const [eight, four] = [armOf(8), armOf(4)]
      expect([eight.network, eight.device, eight.learning]).toEqual([four.network, four.device, four.learning])
      expect(eight.scheme).toEqual({ ...four.scheme, pairs: 8 })
    }
    expect(facets!['Multi-memristor, 8 pairs, 3 bits']).toMatchObject({ settingsOf: 'Multi-memristor, 4 pairs' })
    expect(facets!['Multi-memristor, 4 pairs, 3 bits']).not.toHaveProperty('settingsOf')
    expect(searchTasks(paper).map(({ id }) => id.split('/')[0])).not.toContain('multi-memristor-8')
  })

  it('runs only the best settings of each arm where a section says so', () => {
    const { document } = sectionOf('published')
    const { arms, runs } = expanded(document)
    expect([arms.length, runs.length]).toEqual([12, 120])
    expect(arms.map(({ label }) => label)).toContain('Mixed precision, 3 bits, published')
    const best = found(paper)('mixed-precision/bits-3')[0]!
    const { spec } = arms.find(({ label }) => label === 'Mixed precision, 3 bits, published')!
    for (const { path, value } of best) {
      expect(path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], spec), path).toBe(value)
    }
  })

  it('swaps settings between all schemes of a device, where they apply', () => {
    const section = sectionOf('swap-full')
    const arms = new Map(expanded(section.document).arms.map(({ label, spec }) => [label, spec]))
    expect(arms.size).toBe(16)
    expect(section.swap).toHaveLength(16)
    const armOf = (label: string) => arms.get(label)!
    const [sign, mixed, both] = [armOf('Sign'), armOf('Mixed precision'), armOf('Sign with settings of Mixed precision')]
    // The scheme and its own setting stay, all else comes from the other scheme.
    expect(both.scheme).toEqual(sign.scheme)
    expect([both.network, both.device, both.learning]).toEqual([mixed.network, mixed.device, mixed.learning])
    expect(arms.get('Update-ready with settings of Mixed precision')!.scheme)
      .toMatchObject({ kind: 'update-ready', accumulatorStep: (mixed.scheme as { accumulatorStep: number }).accumulatorStep })
    expect([...arms.keys()].some((label) => label.includes('8 pairs'))).toBe(false)
    const ofBits = sectionOf('swap-8')
    expect(ofBits.swap).toHaveLength(25)
    // Sign has no use for learning rates, so it hands none on.
    expect(arms.get('Stochastic with settings of Sign')!.learning.rateInput).toBe(arms.get('Stochastic')!.learning.rateInput)
  })

  it('retunes every arm of an ablation around the known settings, also the one that switches nothing', () => {
    const section = paper.sections.find(({ id }) => id === 'retuned')! as Parameters<typeof retuneTasks>[1]
    const settings = found(paper)
    const tasks = retuneTasks(paper, section, settings)
    expect(tasks.map(({ variant }) => variant)).toEqual(['all on', 'no write noise', 'no nonlinearity', 'no granularity', 'no READ noise', 'no drift', 'all off'])
    const best = settings('mixed-precision/full')[0]!
    for (const { box, search, spec, changes } of tasks) {
      for (const { path, value } of best) {
        expect(box[path]![0]).toBeGreaterThanOrEqual(Number(value) / 2.0001)
        expect(box[path]![1]).toBeLessThanOrEqual(Number(value) * 2.0001)
      }
      expect(search).toMatchObject({ restarts: 2, batches: 3, trials: 12, seeds: paper.search!.seeds })
      expect((spec.device as Record<string, unknown>).readNoise).toBe(changes.some(({ path }) => path === 'device.readNoise') ? 'off' : 'summed')
      for (const { path, value } of changes) expect((spec.device as Record<string, unknown>)[path.split('.')[1]!]).toBe(value)
    }
    const { document } = sectionOf('retuned')
    expect(expanded(document).arms.map(({ label }) => label)).toEqual(tasks.map(({ variant }) => variant))
  })
})

describe('a study document', () => {
  const document = documentOf('paper')
  const checkWith = (change: (study: StudyInput) => object) => checkStudy({ ...document, ...change(structuredClone(document)) })
  const cases: [string, (study: StudyInput) => object, string, string][] = [
    ['another version', () => ({ version: 2 }), 'version', 'must be 1'],
    ['an unknown key', () => ({ sectoins: [] }), 'sectoins', 'Check the spelling'],
    ['an unknown scheme', ({ devices }) => ({ devices: [{ ...devices![0], schemes: ['sing'] }] }), 'devices.0.schemes.0', 'must be a scheme of this study'],
    ['the same id twice', ({ schemes }) => ({ schemes: [...schemes!, schemes![0]] }), 'schemes.8.id', 'must not be the id of another one'],
    ['a setting that no scheme has', ({ devices }) => ({ devices: [{ ...devices![0], changes: { 'device.bit': 3 } }] }), 'devices.0.changes.device.bit', 'device.bits'],
    ['a value that no spec may have', ({ devices }) => ({ devices: [{ ...devices![0], changes: { 'device.bits': 99 } }, ...devices!.slice(1)] }), 'devices.0.changes.device.bits', 'must be between 1 and 24'],
    ['a value that no scheme may have', ({ schemes }) => ({ schemes: [{ ...schemes![0], changes: { 'scheme.kind': 'fp64' } }, ...schemes!.slice(1)] }), 'schemes.0.changes.scheme.kind', 'must be'],
    ['a shared value that no spec may have', () => ({ spec: { training: { epochs: 0 } } }), 'spec.training.epochs', 'must be'],
    ['a box of no setting', ({ search }) => ({ search: { ...search!, boxes: { ...search!.boxes, rates: { 'learning.rate': [1e-3, 1] } } } }), 'search.boxes.rates.learning.rate', 'must be a setting that is a number'],
    ['a box that ends before it starts', ({ search }) => ({ search: { ...search!, boxes: { ...search!.boxes, rates: { 'learning.rateInput': [1, 0.1] } } } }), 'search.boxes.rates.learning.rateInput.1', 'must be above the start'],
    ['a change of a search that is no setting', ({ search }) => ({ search: { ...search!, changes: { 'device.readNoises': 'summed' } } }), 'search.changes.device.readNoises', 'Did you mean device.readNoise?'],
    ['a change of a search that no spec may have', ({ search }) => ({ search: { ...search!, changes: { 'device.readNoise': 'some' } } }), 'search.changes.device.readNoise', 'must be'],
    ['too few search seeds', ({ search }) => ({ search: { ...search!, seeds: [1, 2] } }), 'search.seeds', 'must have at least 4 seeds'],
    ['a search seed that a tournament uses', ({ search }) => ({ search: { ...search!, seeds: [1, 2, 3, 205] } }), 'search.seeds.3', 'must not be a seed of the tournaments'],
    ['an ablation of digital weights', ({ sections }) => ({ sections: [{ ...sections.find(({ kind }) => kind === 'ablation')!, of: 'fp32/digital' }], claims: [] }), 'sections.0.of', 'uses no devices'],
    ['settings of a scheme that is not there', ({ schemes }) => ({ schemes: [{ ...schemes![0], settings: 'sing' }, ...schemes!.slice(1)] }), 'schemes.0.settings', 'must be another scheme of this study'],
    ['settings of a scheme on other devices', ({ schemes }) => ({ schemes: schemes!.map((one) => (one.id === 'sign' ? { ...one, settings: 'fp32' } : one)) }), 'schemes.2.settings', 'must be a scheme on the devices full'],
    ['settings of a scheme without its own', ({ schemes }) => ({ schemes: schemes!.map((one) => (one.id === 'sign' ? { ...one, settings: 'stochastic' } : one.id === 'stochastic' ? { ...one, settings: 'mixed-precision' } : one)) }), 'schemes.2.settings', 'must be a scheme with settings of its own'],
    ['settings of a device that has none', ({ devices }) => ({ devices: [{ ...devices![0], settings: 'digital' }, ...devices!.slice(1)] }), 'devices.0.settings', 'must be a device with the schemes sign'],
    ['a compared scheme that is not there', ({ sections }) => ({ sections: [{ ...sections.find(({ id }) => id === 'published')!, schemes: ['sing'] }], claims: [] }), 'sections.0.schemes.0', 'must be a scheme of this study'],
    ['a reference that is not compared', ({ sections }) => ({ sections: [{ ...sections.find(({ id }) => id === 'published')!, schemes: ['sign'] }], claims: [] }), 'sections.0.reference', 'must be a compared arm'],
    ['a reference that is not swapped', () => ({ sections: [{ kind: 'swap', id: 'swap', title: 'Swapped', device: 'full', schemes: ['sign', 'stochastic'], reference: 'mixed-precision' }], claims: [] }), 'sections.0.reference', 'must be a swapped scheme'],
    ['another budget of a later section', ({ sections }) => ({ sections: [{ kind: 'budget', id: 'equal', title: 'Equal', of: 'schemes', budget: { kind: 'set', pulses: 1 } }, ...sections], claims: [] }), 'sections.0.of', 'must be a section before this one'],
    ['swapped settings of a scheme that its device has not', () => ({ sections: [{ kind: 'swap', id: 'swap', title: 'Swapped', device: 'full', schemes: ['sign', 'fp32'], reference: 'sign' }], claims: [] }), 'sections.0.schemes.1', 'must be a scheme of this device'],
    ['a claim about an unknown section', ({ claims }) => ({ claims: [{ ...claims![0], section: 'scheme' }] }), 'claims.0.section', 'must be a section of this study'],
    ['a claim with a wrong condition', ({ claims }) => ({ claims: [{ ...claims![0], holds: ['fp32 < 0.01'] }] }), 'claims.0.holds.0', 'must be a condition'],
  ]

  it.each(cases)('with %s is refused by its place', (_, change, path, rule) => {
    const checked = checkWith(change)
    const problems = checked.ok ? [] : checked.problems
    expect(problems).toContainEqual(expect.objectContaining({ path, rule: expect.stringContaining(rule) }))
  })
})
