import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../../src-engine/spec/parse.ts'
import { expandSweep } from '../../../../../src-engine/sweep/expand-sweep.ts'
import { paperSchemes } from '../../../../../src-engine/sweep/paper/schemes.ts'
import { randomSearch, searchAround, searchSeeds } from '../../../../../src-engine/sweep/paper/search.ts'
import { paperArms, paperSeeds, paperTournaments } from '../../../../../src-engine/sweep/paper/tournaments.ts'

const shipped = (id: string) =>
  parseSpec((JSON.parse(readFileSync(`resources/presets/${id}.json`, 'utf8')) as { spec: unknown }).spec, id)

function expanded(document: unknown) {
  const result = expandSweep(document)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result
}

describe.each(paperSchemes)('the search of $preset', (scheme) => {
  const first = expanded(randomSearch(scheme))

  it('has the same budget for every scheme, and no seeds of the comparison', () => {
    expect(first.runs).toHaveLength(48)
    expect(first.sweep.seeds).toEqual(searchSeeds)
    expect(searchSeeds.filter((seed) => (paperSeeds as readonly number[]).includes(seed))).toEqual([])
  })

  it('stays in its search space, then around the best setting', () => {
    for (const { changes } of first.arms) {
      for (const { path, value } of changes) {
        expect(value).toBeGreaterThanOrEqual(scheme.box[path][0])
        expect(value).toBeLessThanOrEqual(scheme.box[path][1])
      }
    }
    const second = expanded(searchAround(scheme, first.arms[3].changes))
    expect(second.runs).toHaveLength(24)
    for (const { changes } of second.arms) {
      changes.forEach(({ path, value }, index) => {
        expect(path).toBe(first.arms[3].changes[index].path)
        const ratio = Number(value) / Number(first.arms[3].changes[index].value)
        expect(Math.abs(Math.log(ratio))).toBeLessThanOrEqual(Math.log(1.6) + 1e-5)
      })
    }
  })

  it('has a shipped preset of the same scheme', () => {
    const spec = shipped(scheme.preset)
    expect(spec.scheme.kind).toBe(scheme.scheme)
    if (scheme.mode !== 'digital') expect(spec.device.model).toBe(scheme.mode === 'performance' ? 'performance' : 'pcm')
    expect(spec.scheme).toMatchObject(scheme.spec.scheme!)
  })
})

describe('the tournaments of the paper', () => {
  const [corrected, published, ablation, conventions] = paperTournaments(shipped)

  it.each([corrected, published])('have every scheme in every mode with ten seeds: $document.name', ({ document }) => {
    const { arms, runs, sweep } = expanded(document)
    expect(arms).toHaveLength(14)
    expect(runs).toHaveLength(140)
    expect(arms.map(({ label }) => label)).toContain(sweep.comparison!.reference)
    expect(sweep.comparison!.reference).toMatch(/^Mixed precision, full PCM model/)
  })

  it('compare the settings of the presets', () => {
    const arms = [corrected, published].flatMap(({ document }) => expanded(document).arms)
    expect(arms.map(({ label }) => label)).toEqual(paperArms.map(({ label }) => label))
    paperArms.forEach(({ label, conventions: which, mode }, index) => {
      const preset = shipped(paperSchemes[index % paperSchemes.length].preset)
      const { spec } = arms[index]
      expect(spec.scheme, label).toEqual(preset.scheme)
      expect(spec.learning, label).toEqual(preset.learning)
      expect(spec.network, label).toEqual(preset.network)
      if (mode !== 'digital') expect(spec.device, label).toEqual(preset.device)
      expect(spec.conventions.timeline, label).toBe(which === 'published' ? 'immediate' : 'wait')
    })
  })

  it('have the ablation and the conventions of mixed precision', () => {
    for (const { document } of [ablation, conventions]) {
      const { arms, runs } = expanded(document)
      expect(runs).toHaveLength(10 * arms.length)
      expect(arms[0].spec).toMatchObject({ scheme: shipped('pattern-generation/mixed-precision').scheme, training: { epochs: 250 } })
    }
  })

  it('can be run at a smaller size', () => {
    const [{ document }] = paperTournaments(shipped, { seeds: [201], epochs: 3 })
    const { runs } = expanded(document)
    expect(runs).toHaveLength(14)
    expect(new Set(runs.map(({ spec }) => spec.training.epochs))).toEqual(new Set([3]))
  })
})
