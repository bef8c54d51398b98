import { expect, test } from 'vitest'
import { diskEstimate, diskEstimateOfAll, memoryEstimate, sequencesOf, workEstimate } from '../../../../src-engine/experiment/estimate.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'

/** 10 neurons, 4 channels and 1 readout: 150 synapses, and 200 input spikes and 100 spikes in a sequence of 1 s. */
const specOf = ({ task = {}, ...changes }: Record<string, object> = {}) => parseSpec({
  task: { kind: 'sinusoids', steps: 1000, dt: 1, inputChannels: 4, inputRate: 50, patterns: 3, ...task },
  network: { recurrentNeurons: 10 }, learning: { targetRate: 10 }, training: { epochs: 20 }, ...changes,
}, 'test')

test('an experiment has one sequence per pattern and epoch', () => {
  expect(sequencesOf(specOf())).toBe(60)
})

test('the work is that of synapses in all steps, of their updates, and of reads at the spikes', () => {
  const digital = 0.05 * 1000 * 150 + 5 * 150
  expect(workEstimate(specOf())).toBe(digital)
  const reads = 8 * 2 * 10 * (200 + 100)
  expect(workEstimate(specOf({ scheme: { kind: 'sign' } }))).toBe(digital + reads)
  expect(workEstimate(specOf({ scheme: { kind: 'multi-memristor', pairs: 3 } }))).toBe(digital + 3 * reads)
})

test('reference arithmetic and the running form of the gradient are ten times the work', () => {
  const work = workEstimate(specOf())
  expect(workEstimate(specOf({ training: { epochs: 20, arithmetic: 'float64' } }))).toBe(10 * work)
  expect(workEstimate(specOf({ learning: { targetRate: 10, gradientForm: 'running' } }))).toBe(10 * work)
})

test('memory grows with devices, with the running form and with wider numbers', () => {
  const memory = memoryEstimate(specOf())
  expect(memoryEstimate(specOf({ scheme: { kind: 'sign' } }))).toBeGreaterThan(memory + 300 * 40)
  expect(memoryEstimate(specOf({ learning: { gradientForm: 'running' } }))).toBe(memory + 4 * (10 * 10 + 1000 * 10))
  expect(memoryEstimate(specOf({ training: { arithmetic: 'float64' } }))).toBeGreaterThan(memory + 3 * 10 * 4 * 1000)
})

test('recorded neurons and synapses add their traces and updates to the disk space and the memory', () => {
  const synapses = [{ layer: 'input', from: 1, to: 2 }, { layer: 'output', from: 3, to: 0 }]
  const of = (traces?: object) => specOf({ scheme: { kind: 'sign' }, training: { epochs: 250 }, recording: { snapshotEvery: 0, traces } })
  const traced = { neurons: [4], synapses, every: 100 }
  // Neurons 2 and 4 with three traces each and spikes, and one eligibility trace, in epochs 100, 200 and 250, and in two checkpoints.
  const traces = 4 * 1000 * (3 * 2 + 1)
  const pieces = 3 + 3
  const added = 3 * (traces + 300 * (4 * 2 + 1)) + 2 * (32 * 250 + 2 * 300 * pieces) + 2 * traces
  expect(diskEstimate(of(traced)) - diskEstimate(of())).toBeCloseTo(added, -1)
  expect(memoryEstimate(of(traced)) - memoryEstimate(of())).toBe(traces)
  expect(diskEstimate(of({ ...traced, every: 0 }))).toBeLessThan(diskEstimate(of(traced)))
})

test('each snapshot adds its devices and its records of every pattern to the disk space', () => {
  const diskOf = (snapshotEvery: number, scheme: string, epochs = 20) => diskEstimate(specOf({
    scheme: { kind: scheme }, training: { epochs }, recording: { snapshotEvery, snapshotBest: false },
  }))
  const records = 3 * 1000 * (8 + 10 * 0.04 * 2.5)
  // Snapshots of 1, 10 and 20 instead of only the last.
  expect(diskOf(10, 'sign') - diskOf(0, 'sign')).toBeCloseTo(2 * (300 * 5 + records + 12_000), -1)
  expect(diskOf(10, 'fp32') - diskOf(0, 'fp32')).toBeCloseTo(2 * (150 * 3.8 + records + 12_000), -1)
  // An epoch adds a row, a row for each pattern, and its loss and rate to two checkpoints.
  expect(diskOf(0, 'sign', 1020) - diskOf(0, 'sign')).toBeCloseTo(1000 * (90 + 48 * 3 + 2 * 16), -1)
})

test('samples of a signal count with eight bytes each: once for all runs that share them, and not if they are kept already', () => {
  const of = (samples: unknown) => specOf({ task: { kind: 'signal', file: 'x.csv', patterns: 1, samples } })
  const values = (count: number) => Float64Array.from({ length: count }, (_, index) => index % 7)
  const kept = { count: 50_000, sha256: 'ab'.repeat(32) }
  const [long, short] = [of(values(50_000)), of(values(1000))]
  expect(diskEstimate(long) - diskEstimate(short)).toBe(8 * 49_000)
  expect(diskEstimate(of([...values(50_000)]))).toBe(diskEstimate(long))
  expect(diskEstimate(long) - diskEstimate(of(kept))).toBe(8 * 50_000)
  expect(memoryEstimate(long) - memoryEstimate(short)).toBe(40 * 49_000)
  expect(memoryEstimate(of(kept))).toBe(memoryEstimate(long))
  const shared = Array.from({ length: 20 }, (_, seed) => ({ ...long, seed }))
  expect(diskEstimateOfAll(shared)).toBe(20 * diskEstimate(long) - 19 * 8 * 50_000)
  expect(diskEstimateOfAll([long, of(values(50_000))])).toBe(2 * diskEstimate(long))
})
