import { describe, expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/spec/spec.ts'
import { sweepSchema } from '../../../src-engine/spec/sweep.ts'
import type { Library } from '../../../src-main/library/library.ts'
import { atRounds, holds } from '../../../src-main/runs/rounds.ts'

const spec = specSchema.parse({ training: { epochs: 12 }, task: { kind: 'sinusoids', patterns: 2 } })
const axes = [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4] }]
const document = sweepSchema.parse({ spec: { training: { epochs: 12 } }, axes, halving: { firstEpochs: 3, keep: 0.5 } })

/** Rounds of 3, 6 and 12 epochs. */
const library = {
  sweep: async (sweepId: string) => ({ sweepId, name: '', createdAt: '', document: sweepId === 'halved' ? document : { ...document, halving: null } }),
} as unknown as Library
const run = (epochsDone: number, sweepId = 'halved') => ({ spec, epochsDone, epochs: 12, sweep: { sweepId, arm: 0 } })

async function holdOf(epochsDone: number, released: boolean, sweepId?: string): Promise<number | null> {
  const one = run(epochsDone, sweepId)
  return (await holds(library, [one], released))(one)
}

describe('a run of a sweep with successive halving', () => {
  test.each([
    [0, 6], [2, 6], [3, 12], [5, 12], [6, null], [11, null],
  ])('after %i epochs, with its round over, waits after %s sequences', async (epochs, sequences) =>
    expect(await holdOf(epochs, true)).toBe(sequences))

  test.each([
    [0, 6], [2, 6], [3, 6], [4, 12], [6, 12], [7, null],
  ])('after %i epochs, if it was interrupted, waits after %s sequences, because its round may not be over', async (epochs, sequences) =>
    expect(await holdOf(epochs, false)).toBe(sequences))

  test('knows whether it is at the end of a round', async () => {
    const runs = [0, 3, 4, 6, 12].map((epochs) => run(epochs))
    expect(runs.map(await atRounds(library, runs))).toEqual([false, true, false, true, true])
  })
})

test('a run without a sweep or without rounds never waits', async () => {
  expect(await holdOf(3, true, 'plain')).toBeNull()
  const single = { ...run(3), sweep: null }
  expect((await holds(library, [single], true))(single)).toBeNull()
})
