import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesAt, edgesOf, pointOf, widened } from '../../../../src-engine/study/box.ts'
import { bestOf, scoreOf, type SearchTask, type Step, stepOf, type Trial } from '../../../../src-engine/study/search.ts'
import { type Box, searchSchema } from '../../../../src-engine/study/study.ts'
import { expandSweep } from '../../../../src-engine/sweep/expand-sweep.ts'

const box: Box = { 'learning.rateInput': [1e-5, 1e-2], 'network.threshold': [0.05, 5], 'device.scale': [10, 1000] }
const search = searchSchema.parse({
  seeds: [1, 2, 3, 4], batches: 3, trials: 10, penalty: 1,
  widen: { times: 2, batches: 2 }, halving: { firstEpochs: 10, keep: 0.5 },
})
const task: SearchTask = { id: 'sign/full', label: 'Sign, full PCM model', spec: { training: { epochs: 40 } }, box, search }

/** Runs a restart with a known loss of each setting. */
function run(of: SearchTask, restart: number, loss: (values: number[]) => number) {
  const done: Trial[][] = []
  const documents: Extract<Step, { kind: 'batch' }>['document'][] = []
  for (;;) {
    const step = stepOf(of, restart, done)
    if (step.kind === 'end') return { ...step, documents, done }
    documents.push(step.document)
    done.push(step.changes.map((changes) => ({ changes, score: loss(changes.map(({ value }) => Number(value))), epochs: 40 })))
  }
}
const distance = (values: number[], target: number[]) =>
  values.reduce((sum, value, index) => sum + Math.log(value / target[index]!) ** 2, 0)

describe('a search', () => {
  it('runs its batches as sweeps of named settings with the search seeds, and ends with the best', () => {
    const { documents, best, edges, trials, done } = run(task, 1, (values) => distance(values, [1e-3, 0.5, 100]))
    expect(documents).toHaveLength(3)
    expect(trials).toBe(30)
    expect(edges).toEqual([])
    expect(best).toEqual(bestOf(done.flat()))
    expect(best.score).toBeLessThan(2)
    const expanded = expandSweep(documents[1])
    if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems))
    expect(expanded.sweep).toMatchObject({ name: 'Search Sign, full PCM model · restart 1, batch 2', seeds: [1, 2, 3, 4], halving: search.halving })
    expect(expanded.arms.map(({ label }) => label)).toEqual(Array.from({ length: 10 }, (_, index) => `setting ${index + 11}`))
  })

  it('gives the same sweeps again from the same results, and others in another restart', () => {
    const loss = (values: number[]) => distance(values, [1e-3, 0.5, 100])
    expect(run(task, 1, loss).documents).toEqual(run(task, 1, loss).documents)
    expect(run(task, 2, loss).documents[0]).not.toEqual(run(task, 1, loss).documents[0])
  })

  it('widens a range whose end has the best setting, says which end if it stays there, and goes on', () => {
    const loss = ([rate, threshold, scale]: number[]) => distance([threshold!, scale!], [0.5, 100]) - Math.log(rate!)
    const { documents, edges, best, trials } = run(task, 1, loss)
    expect(documents).toHaveLength(3 + 2 + 2)
    expect(trials).toBe(70)
    expect(Number(best.changes[0]!.value)).toBeGreaterThan(1e-2)
    expect(edges).toEqual([{ path: 'learning.rateInput', end: 'upper' }])
  })

  it('does not widen beyond what a setting allows', () => {
    const limited = { ...task, box: { 'scheme.stopThreshold': [1, 100] } as Box, spec: { scheme: { kind: 'sign' }, training: { epochs: 40 } } }
    const { documents, edges } = run(limited, 1, ([threshold]) => -threshold!)
    expect(documents).toHaveLength(3)
    expect(edges).toEqual([{ path: 'scheme.stopThreshold', end: 'upper' }])
  })

  it('counts a run that diverged or fell silent with the penalty, and no run with more', () => {
    const ended = (loss: number | null, outcome: 'learned' | 'silent' | 'diverged' | null) => ({ loss, outcome, epochs: 40 })
    expect(scoreOf([ended(0.2, 'learned'), ended(0.4, null)], 1)).toBeCloseTo(0.3, 12)
    expect(scoreOf([ended(0.2, 'learned'), ended(0.2, 'silent')], 1)).toBeCloseTo(0.6, 12)
    expect(scoreOf([ended(0.2, 'learned'), ended(5e4, null)], 1)).toBeCloseTo(0.6, 12)
    expect(scoreOf([ended(NaN, null), ended(null, null), ended(1e-9, 'diverged')], 1)).toBe(1)
  })

  it('prefers settings that early stopping let run on', () => {
    const trial = (score: number, epochs: number): Trial => ({ changes: [], score, epochs })
    expect(bestOf([trial(0.1, 10), trial(0.3, 40), trial(0.2, 40)])).toMatchObject({ score: 0.2, epochs: 40 })
  })
})

describe('a box', () => {
  const point = fc.tuple(...Object.keys(box).map(() => fc.double({ min: 0, max: 1, noNaN: true })))

  it('gives settings within its ends, and their point again to six digits', () => {
    fc.assert(fc.property(point, (positions) => {
      const changes = changesAt(box, positions)
      changes.forEach(({ path, value }) => {
        expect(Number(value)).toBeGreaterThanOrEqual(box[path]![0])
        expect(Number(value)).toBeLessThanOrEqual(box[path]![1])
      })
      pointOf(box, changes).forEach((position, index) => expect(position).toBeCloseTo(positions[index]!, 5))
    }))
  })

  it('has an edge exactly where a setting is within the share of its end, and none after it was widened there', () => {
    fc.assert(fc.property(point, (positions) => {
      const changes = changesAt(box, positions)
      const edges = edgesOf(box, changes, 0.05)
      pointOf(box, changes).forEach((position, index) => {
        const path = Object.keys(box)[index]
        expect(edges.some((edge) => edge.path === path)).toBe(position <= 0.05 || position >= 0.95)
      })
      expect(edgesOf(widened(box, edges), changes, 0.05)).toEqual([])
    }))
  })
})
