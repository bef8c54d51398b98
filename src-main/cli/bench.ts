import { bench as measure, type BenchReport, type KernelRate, type OnPart, type Spread } from '../app/bench.ts'
import { BadInput } from '../app/errors.ts'
import { DONE } from './failure.ts'
import { duration, significant, table } from './format.ts'
import type { Output } from './output.ts'
import { appOptions, baselineSource } from './surroundings.ts'

export interface BenchFlags {
  quick?: boolean
  /** Recurrent neurons, separated by commas. */
  neurons?: string
}

/** Measures and prints; whatever the numbers are, the command has done its work. */
export async function bench({ quick = false, neurons }: BenchFlags, output: Output): Promise<number> {
  const sizes = neurons === undefined ? null : sizesOf(neurons)
  const onPart: OnPart = ({ number, of, title, secondsLeft }) =>
    output.say(`${number} of ${of}: ${title} · about ${duration(Math.ceil(secondsLeft))} left`)
  const report = await measure({ quick, neurons: sizes, baselineSource, onPart }, await appOptions())
  output.result(report, describe(report))
  return DONE
}

/** @throws BadInput */
function sizesOf(list: string): number[] {
  return list.split(',').map((word) => {
    if (/^\d+$/.test(word.trim()) && Number(word) > 0) return Number(word)
    throw new BadInput('--neurons', [{ path: '', found: list, allowed: 'whole numbers above 0, separated by commas' }])
  })
}

function describe(report: BenchReport): string {
  const { environment: { application, node, cpu, cores, os }, quick, seconds } = report
  return [
    `Chalcogen ${application}, Node ${node}, ${os}\n${cpu}, ${count(cores, 'core')}; measured in ${duration(seconds)}`,
    ...(quick ? ['A quick look: too few repetitions for a measurement.'] : []),
    'Each number is a median; in brackets the quartiles between which half of the measurements lie.',
    describeSequences(report),
    describeBaseline(report),
    describeKernels(report),
    describeLibrary(report),
    describeWorkers(report),
  ].join('\n\n')
}

function describeSequences({ sequences, growth }: BenchReport): string {
  const rows = sequences.map(({ scheme, recurrentNeurons, pairs, secondsPerSequence, meanRateHz, readsPerSequence }) => [
    scheme, String(pairs || '–'), String(recurrentNeurons), spread(secondsPerSequence, duration), String(secondsPerSequence.runs),
    significant(meanRateHz), pairs > 0 ? `${significant(readsPerSequence / 1e6)} M` : '–',
  ])
  const header = ['Scheme', 'Pairs', 'Neurons', 'Time per sequence', 'Sequences', 'Mean rate (Hz)', 'READs per sequence']
  const growthLines = growth.map(({ scheme, from, to, times, timesQuadratic }) =>
    `${scheme}: from ${from} to ${to} neurons ${significant(times)} times as long, ${significant(timesQuadratic)} of quadratic growth`)
  return ['One sequence with its update, one thread', table([header, ...rows]), ...growthLines].join('\n')
}

function describeBaseline({ baseline: { compiler, missing, comparisons } }: BenchReport): string {
  if (missing !== null) return `No comparison with the C baseline: ${missing}.`
  const rows = comparisons.map(({ scheme, form, recurrentNeurons, ratio, ...measured }) => [
    scheme, form, String(recurrentNeurons), spread(ratio), significant(measured.ratioOfQuickest), String(ratio.runs),
    spread(measured.engineSeconds, duration), spread(measured.baselineSeconds, duration),
    `${significant(measured.engineRateHz)}, ${significant(measured.baselineRateHz)}`,
  ])
  const header = [
    'Scheme', 'Gradient in C', 'Neurons', 'Engine / C', 'Quickest', 'Rounds',
    'Engine, per sequence', 'C, per sequence', 'Mean rates (Hz)',
  ]
  return [
    `Engine against the C baseline (${compiler}, -O3), turn by turn: below 1 the engine is faster`,
    table([header, ...rows]),
    '"Quickest" is the quickest round of the engine by the quickest of C, where a machine does not keep its speed.',
    'The engine gathers gradients filtered; "filtered" in C is the same sum as a dense product, "running" the equations as written.',
    'C takes the drift of every READ with powf, device by device, and draws its noise with logf, sinf and cosf.',
  ].join('\n')
}

/** What is printed of a rate: its unit by so much. */
const kernelUnits: Record<KernelRate['unit'], { unit: string; by: number }> = {
  'FLOP/s': { unit: 'GFLOP/s', by: 1e9 },
  'draws/s': { unit: 'M draws/s', by: 1e6 },
  'READs/s': { unit: 'M READs/s', by: 1e6 },
}

const kernelWords: Record<KernelRate['kernel'], string> = {
  addRunningTraces: 'gradient, a trace per synapse (5 FLOP each step)',
  gatherSpikes: 'gradient, spike by spike (2 FLOP per spike and neuron)',
  normalPairs: 'normal draws',
  readColumns: 'READs with drift and noise',
}

function describeKernels({ kernels }: BenchReport): string {
  const rows = kernels.map(({ kernel, unit, rate }) => {
    const printed = kernelUnits[unit]
    return [kernel, kernelWords[kernel], spread(rate, (value) => significant(value / printed.by)), printed.unit]
  })
  return ['Kernels, one thread, 100 neurons', table(rows)].join('\n')
}

function describeLibrary({ library }: BenchReport): string {
  const { bytesPerSnapshot, snapshotsPerSecond, megabytesPerSecond, epochsPerSecond } = library
  return [
    'Into SQLite, through the library\'s worker',
    table([
      [`Snapshots of ${significant(bytesPerSnapshot / 1e6)} MB`, spread(snapshotsPerSecond), 'per second'],
      ['', spread(megabytesPerSecond), 'MB/s'],
      ['Epochs\' metrics', spread(epochsPerSecond), 'per second'],
    ]),
  ].join('\n')
}

function describeWorkers({ workers }: BenchReport): string {
  const { cores, runsPerRound, sequencesPerRun, oneWorker, twoWorkers, ratio, machineRatio } = workers
  const lines = [
    `Whole runs of mixed precision, 100 neurons: ${runsPerRound} runs of ${sequencesPerRun} sequences, turn by turn`,
    table([
      ['1 worker', spread(oneWorker), 'sequences/s'],
      ['2 workers', spread(twoWorkers), 'sequences/s'],
      ['2 workers / 1 worker', spread(ratio), `of ${count(ratio.runs, 'round')}`],
      ['2 processes / 1 process', spread(machineRatio), 'training only and sharing nothing: what the machine gives'],
    ]),
  ]
  if (cores < 2) lines.push('This machine has one core: two workers share it and cannot gain.')
  return lines.join('\n')
}

const spread = ({ median, lowerQuartile, upperQuartile }: Spread, show: (value: number) => string = significant) =>
  `${show(median)} (${show(lowerQuartile)} to ${show(upperQuartile)})`

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
