import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diskEstimate } from '../../../../src-engine/experiment/estimate.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { isScheduled, snapshotCount } from '../../../../src-engine/experiment/snapshots.ts'
import type { SpecInput } from '../../../../src-engine/experiment/spec.ts'

const specOf = (recording: SpecInput['recording'], epochs = 100) => parseSpec({ training: { epochs }, recording }, 'test')
const kept = (recording: SpecInput['recording'], epochs = 100) => {
  const spec = specOf(recording, epochs)
  return Array.from({ length: epochs }, (_, index) => index + 1).filter((epoch) => isScheduled(epoch, spec))
}

it('keeps the first, those at the interval, and the last', () => {
  expect(kept({ snapshotEvery: 30 })).toEqual([1, 30, 60, 90, 100])
  expect(kept({ snapshotEvery: 30, snapshotEnd: false })).toEqual([1, 30, 60, 90])
})

it('keeps 1, 2 and 5 of each decade', () => {
  const series = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
  expect(kept({ snapshotEvery: 0, snapshotLogarithmic: true, snapshotEnd: false }, 1200)).toEqual(series)
})

it('keeps only the last, or none', () => {
  expect(kept({ snapshotEvery: 0 })).toEqual([100])
  expect(kept({ snapshotEvery: 0, snapshotEnd: false })).toEqual([])
})

it('counts all snapshots, including the best', () => {
  const policy = fc.record({
    snapshotEvery: fc.nat(40), snapshotLogarithmic: fc.boolean(), snapshotBest: fc.boolean(), snapshotEnd: fc.boolean(),
  })
  fc.assert(fc.property(policy, fc.integer({ min: 1, max: 300 }), (recording, epochs) => {
    expect(snapshotCount(specOf(recording, epochs))).toBe(kept(recording, epochs).length + (recording.snapshotBest ? 1 : 0))
  }))
})

it('needs more space for more snapshots and for a larger network', () => {
  const room = (document: SpecInput) => diskEstimate(parseSpec(document, 'test'))
  expect(room({ recording: { snapshotEvery: 1 } })).toBeGreaterThan(2 * room({ recording: { snapshotEvery: 10 } }))
  expect(room({ network: { recurrentNeurons: 200 } })).toBeGreaterThan(2 * room({}))
  expect(room({ scheme: { kind: 'multi-memristor', pairs: 8 } })).toBeGreaterThan(4 * room({ scheme: { kind: 'sign' } }))
})
