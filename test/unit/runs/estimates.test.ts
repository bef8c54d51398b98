import { expect, test } from 'vitest'
import { workEstimate } from '../../../src-engine/experiment/estimate.ts'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { Library, Timing } from '../../../src-main/library/library.ts'
import { Estimates } from '../../../src-main/runs/estimates.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'

const environment = { cpu: 'this one', cores: 2 } as Timing['environment']
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + 1000 * second).toISOString()
const specOf = (neurons: number, kind = 'fp32') => specSchema.parse({ scheme: { kind }, network: { recurrentNeurons: neurons } })

/** A run of 100 sequences of 0.5 s, and 0.4 s around them. */
const timing = (from: number): Timing => ({
  spec: specOf(100), environment, sequences: 100, secondsPerSequence: 0.5,
  startedAt: at(from), endedAt: at(from + 50.4), secondsComputed: 50.4,
})

/** A thread that reports 0.25 s for each sequence and 1 s to start. */
const thread = `import { parentPort, workerData } from 'node:worker_threads'
if (workerData.spec.seed === 13) throw new Error('unlucky')
parentPort.postMessage({ secondsPerSequence: 0.25, secondsToStart: 1, seconds: 1000 })`

function estimatesOf(timings: Timing[]) {
  let reads = 0
  const library = { timings: async () => { reads++; return timings } } as unknown as Library
  const worker = new URL(`data:text/javascript,${encodeURIComponent(thread)}`)
  return { estimates: new Estimates({ library, environment, worker, kernels: async () => kernelsModule }), reads: () => reads }
}

const job = (sequences: number, spec = specOf(100)) => ({ spec, sequences })

test('the time of a job is that of its sequences and the time around them', async () => {
  const { estimates } = estimatesOf([timing(0)])
  const [known, unknown] = await estimates.each([job(10), job(10, specOf(100, 'sign'))], 1)
  expect(known).toBeCloseTo(5.4)
  expect(unknown).toBeNull()
})

test('jobs share the workers, and the spread of the stored runs makes the range', async () => {
  const { estimates } = estimatesOf([timing(0), timing(100)])
  const estimate = (await estimates.whole([job(10), job(10), job(20)], 1, false))!
  expect(estimate).toMatchObject({ basis: 'runs', count: 2 })
  expect(estimate.seconds).toBeCloseTo(5.4 + 5.4 + 10.4)
  expect(estimate.low).toBeCloseTo(estimate.seconds * Math.exp(-0.2))
  expect(estimate.high).toBeCloseTo(estimate.seconds * Math.exp(0.2))
})

test('a single job runs alone, however many workers there are', async () => {
  expect(await estimatesOf([timing(0)]).estimates.whole([job(10)], 8, false)).not.toBeNull()
})

test('an unknown kind is probed only on request, and the whole is unknown without it', async () => {
  const { estimates } = estimatesOf([timing(0), timing(100), timing(200)])
  const jobs = [job(10), job(10, specOf(100, 'sign'))]
  expect(await estimates.whole(jobs, 1, false)).toBeNull()
  const estimate = (await estimates.whole(jobs, 1, true))!
  expect(estimate).toMatchObject({ basis: 'probe', count: 3 })
  // A fifth more per sequence for what a probe leaves out, and 0.1 s for the end.
  expect(estimate.seconds).toBeCloseTo(5.4 + 1.1 + 10 * 1.2 * 0.25)
  // The greatest spread counts: three equal runs have less than a probe.
  expect(estimate.high).toBeCloseTo(estimate.seconds * Math.exp(0.2))
})

test('a probe counts for another experiment of its kind of up to four times its work', async () => {
  const { estimates } = estimatesOf([])
  await estimates.whole([job(1, specOf(100, 'sign'))], 1, true)
  const ratio = (neurons: number) => workEstimate(specOf(neurons, 'sign')) / workEstimate(specOf(100, 'sign'))
  let neurons = 100
  while (ratio(neurons + 1) < 4) neurons++
  const [near, far] = await estimates.each([job(10, specOf(neurons, 'sign')), job(10, specOf(neurons + 1, 'sign'))], 1)
  expect(near).toBeCloseTo(1.1 + 10 * 1.2 * 0.25 * ratio(neurons))
  expect(far).toBeNull()
  expect(await estimates.each([job(1, specOf(100, 'sign'))], 2)).toEqual([null])
})

test('a probe that fails leaves the time unknown', async () => {
  const spec = specSchema.parse({ seed: 13 })
  expect(await estimatesOf([]).estimates.whole([{ spec, sequences: 1 }], 1, true)).toBeNull()
})

test('stored runs are read once until a run has ended', async () => {
  const { estimates, reads } = estimatesOf([timing(0)])
  await estimates.each([job(1)], 1)
  await estimates.each([job(1)], 1)
  expect(reads()).toBe(1)
  estimates.forget()
  await estimates.each([job(1)], 1)
  expect(reads()).toBe(2)
})
