import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ComparedRun } from '../../../src-engine/statistics/comparison.ts'
import { medianRun } from '../../../src-main/app/study-section.ts'

const runOf = (loss: number, seed: number): ComparedRun => ({
  runId: `run${seed}`, seed, loss, epochs: 1, set: 0, reset: 0, read: 0, energy: 0, stability: { outcome: 'learned', reasons: [] },
})
const loss = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(NaN, Infinity))
const losses = fc.array(loss, { minLength: 1, maxLength: 12 })

test('the median run is the better of the middle two, in any order', () => {
  fc.assert(fc.property(losses, (values) => {
    const runs = values.map(runOf)
    const worth = (run: ComparedRun) => (Number.isNaN(run.loss) ? Infinity : run.loss)
    const found = medianRun({ runs })!
    const better = runs.filter((run) => worth(run) < worth(found)).length
    const worse = runs.filter((run) => worth(run) > worth(found)).length
    expect(better).toBeLessThanOrEqual((runs.length - 1) / 2)
    expect(worse).toBeLessThanOrEqual(runs.length / 2)
    expect(medianRun({ runs: runs.toReversed() })).toBe(found)
  }))
})

test('without runs there is no median run', () => expect(medianRun({ runs: [] })).toBeNull())
