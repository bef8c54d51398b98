import { expect, it } from 'vitest'
import { type SweepInput, sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import { expandSweep } from '../../../src-engine/sweep/expand-sweep.ts'
import { type Batch, type ComparisonInput, ComparisonWork } from '../../../src-main/app/comparison-of.ts'
import { comparisonWorker } from '../../../src-main/app/comparison-worker.ts'
import type { EpochColumns } from '../../../src-main/library/library.ts'
import { learningCurveOf } from '../../fixtures/learning-curves.ts'
import { builtFile } from '../../fixtures/built.ts'

const document: SweepInput = {
  spec: { scheme: { kind: 'sign' } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2] }], seeds: [1, 2, 3],
}

/** A finished tournament. */
function tournament(): { input: ComparisonInput; batches: Batch[] } {
  const planned = expandSweep(document)
  if (!planned.ok) throw new Error('the document is wrong')
  const runs = planned.runs.map(({ arm, seed }, index) => ({ runId: String(index), arm, seed, status: 'done' as const }))
  const curves = runs.map(({ runId, arm, seed }): [string, EpochColumns] =>
    [runId, learningCurveOf(30, { loss: () => 0.1 * arm + 0.01 * seed })])
  return {
    input: { sweepId: 'own', document: sweepSchema.parse(document), by: null, runs },
    batches: [{ kind: 'tasks', tasks: planned.arms.map(({ spec }, arm) => [arm, spec.task]) }, { kind: 'curves', curves }],
  }
}

/** Gives the batches one after the other, and counts how many were taken. */
function counted(batches: readonly Batch[], error?: Error) {
  const counter = { taken: 0 }
  async function* take(): AsyncGenerator<Batch> {
    for (const batch of batches) {
      counter.taken++
      // A copy, since the buffers are transferred.
      yield structuredClone(batch)
      if (error) throw error
    }
  }
  return { counter, take: take() }
}

const workerFile = builtFile('app/comparison.worker')

it('gives the comparison of this thread', async () => {
  const { input, batches } = tournament()
  const here = new ComparisonWork(input)
  for (const batch of batches) here.add(batch)
  const expected = here.compare()
  expect(expected.arms.map(({ sample }) => sample.n)).toEqual([3, 3])
  expect(await comparisonWorker(workerFile)(input, counted(batches).take)).toEqual(expected)
})

it('is remembered until another run has finished or it is compared in another way', async () => {
  const { input, batches } = tournament()
  const compare = comparisonWorker(workerFile)
  const takenFor = async (changed: ComparisonInput) => {
    const { counter, take } = counted(batches)
    await compare(changed, take)
    return counter.taken
  }
  expect(await takenFor(input)).toBe(2)
  expect(await takenFor({ ...input, runs: structuredClone(input.runs) })).toBe(0)
  expect(await takenFor({ ...input, runs: input.runs.with(0, { ...input.runs[0]!, status: 'running' }) })).toBe(2)
  const by = { ...sweepSchema.parse({ ...document, comparison: {} }).comparison!, reference: 'other' }
  expect(await takenFor({ ...input, by })).toBe(2)
  expect(await takenFor({ ...input, by })).toBe(0)
})

it('fails with the error of the library or of the worker, which is not remembered', async () => {
  const { input, batches } = tournament()
  const compare = comparisonWorker(workerFile)
  await expect(compare(input, counted(batches, new Error('the library is locked')).take)).rejects.toThrow('the library is locked')
  const broken: Batch = { kind: 'tasks', tasks: null as never }
  await expect(compare(input, counted([broken]).take)).rejects.toThrow('not iterable')
  expect((await compare(input, counted(batches).take)).arms).toHaveLength(2)
})
