import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatCount, formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { bench as measure, type BenchReport, type KernelRate, type OnPart, type Spread } from '../app/bench.ts'
import { BadInput } from '../app/errors.ts'
import { DONE } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { appOptions, baselineSource } from './surroundings.ts'

export interface BenchFlags {
  quick?: boolean
  /** Network sizes in recurrent neurons, separated by commas. */
  neurons?: string
}

/** Run the benchmark and print its report. Always succeeds, whatever the numbers are. */
export async function bench({ quick = false, neurons }: BenchFlags, output: Output): Promise<number> {
  const sizes = neurons === undefined ? null : sizesOf(neurons)
  const onPart: OnPart = ({ number, of, title, secondsLeft }) =>
    output.say(`${number} of ${of}: ${title} · about ${formatDuration(Math.ceil(secondsLeft))} left`)
  const report = await measure({ quick, neurons: sizes, baselineSource, onPart }, appOptions())
  output.result(report, describe(report))
  return DONE
}

/** @throws BadInput */
function sizesOf(list: string): number[] {
  return list.split(',').map((word) => {
    if (/^\d+$/.test(word.trim()) && Number(word) > 0) return Number(word)
    throw new BadInput('--neurons', [{ path: '', rule: 'must be whole numbers above 0, separated by commas', found: list }])
  })
}

function describe(report: BenchReport): string {
  const { environment: { application, node, cpu, cores, os }, quick, seconds } = report
  return [
    `Chalcogen ${application}, Node ${node}, ${os}\n${cpu}, ${counted(cores, 'core')}\nMeasured in ${formatDuration(seconds)}`,
    ...(quick ? ['Quick mode: too few repetitions for reliable numbers.'] : []),
    'Each number is a median, followed by its quartiles in parentheses.',
    describeSequences(report),
    describeBaseline(report),
    describeKernels(report),
    describeLibrary(report),
    describeWorkers(report),
  ].join('\n\n')
}

function describeSequences({ sequences, growth }: BenchReport): string {
  const rows = sequences.map(({ scheme, recurrentNeurons, pairs, secondsPerSequence, meanRateHz, readsPerSequence }) => [
    scheme, formatCount(pairs || null), formatCount(recurrentNeurons),
    spread(secondsPerSequence, formatDuration), formatCount(secondsPerSequence.runs), formatNumber(meanRateHz), pairs > 0 ? `${formatNumber(readsPerSequence / 1e6)} M` : '–',
  ])
  const header = ['Scheme', 'Pairs', 'Neurons', 'Time per sequence', 'Sequences', 'Mean rate (Hz)', 'READs per sequence']
  const growthLines = growth.map(({ scheme, from, to, times, timesQuadratic }) =>
    `${scheme}: ${formatCount(to)} neurons take ${formatNumber(times)} times as long as ${formatCount(from)} (${formatNumber(timesQuadratic)} times quadratic growth)`)
  return ['One sequence with its update, on one thread', table([header, ...rows]), ...growthLines].join('\n')
}

function describeBaseline({ baseline: { compiler, missing, comparisons } }: BenchReport): string {
  if (missing !== null) return `No comparison with the C baseline: ${missing}.`
  const rows = comparisons.map(({ scheme, form, recurrentNeurons, ratio, ...measured }) => [
    scheme, form, formatCount(recurrentNeurons), spread(ratio), formatNumber(measured.ratioOfQuickest), formatCount(ratio.runs),
    spread(measured.engineSeconds, formatDuration), spread(measured.baselineSeconds, formatDuration),
    `${formatNumber(measured.engineRateHz)}, ${formatNumber(measured.baselineRateHz)}`,
  ])
  const header = [
    'Scheme', 'Gradient in C', 'Neurons', 'Engine / C', 'Fastest', 'Rounds',
    'Engine, per sequence', 'C, per sequence', 'Mean rates (Hz)',
  ]
  return [
    `Engine compared with the C baseline (${compiler}, -O3), in alternating rounds. Below 1, the engine is faster.`,
    table([header, ...rows]),
    '"Fastest" is the fastest engine round divided by the fastest C round. Use it if the speed of the machine varies.',
    'The engine uses filtered gradients. In C, "filtered" is the same sum as a dense product; "running" follows the equations as written.',
    'For every READ, C computes the drift of each device with powf and draws noise with logf, sinf and cosf.',
  ].join('\n')
}

/** Printed unit of each rate, and its size in the unit of the report. */
const kernelUnits: Record<KernelRate['unit'], { unit: string; by: number }> = {
  'FLOP/s': { unit: 'GFLOP/s', by: 1e9 },
  'draws/s': { unit: 'M draws/s', by: 1e6 },
  'READs/s': { unit: 'M READs/s', by: 1e6 },
}

const kernelWords: Record<KernelRate['kernel'], string> = {
  addRunningTraces: 'gradient with one trace per synapse (5 FLOP per step)',
  gatherSpikes: 'gradient from spikes (2 FLOP per spike and neuron)',
  normalPairs: 'normal random numbers',
  readColumns: 'READs with drift and noise',
}

function describeKernels({ kernels }: BenchReport): string {
  const rows = kernels.map(({ kernel, unit, rate }) => {
    const printed = kernelUnits[unit]
    return [kernel, kernelWords[kernel], spread(rate, (value) => formatNumber(value / printed.by)), printed.unit]
  })
  return ['Kernels on one thread, 100 neurons', table(rows)].join('\n')
}

function describeLibrary({ library }: BenchReport): string {
  const { bytesPerSnapshot, snapshotsPerSecond, megabytesPerSecond, epochsPerSecond } = library
  return [
    'SQLite writes through the library worker',
    table([
      [`Snapshots of ${formatNumber(bytesPerSnapshot / 1e6)} MB`, spread(snapshotsPerSecond), 'per second'],
      ['', spread(megabytesPerSecond), 'MB/s'],
      ['Metrics of epochs', spread(epochsPerSecond), 'per second'],
    ]),
  ].join('\n')
}

function describeWorkers({ workers }: BenchReport): string {
  const { cores, runsPerRound, sequencesPerRun, oneWorker, twoWorkers, ratio, machineRatio } = workers
  const lines = [
    `Whole mixed-precision runs, 100 neurons: rounds of ${counted(runsPerRound, 'run')} of ${counted(sequencesPerRun, 'sequence')}, alternating`,
    table([
      ['1 worker', spread(oneWorker), 'sequences/s'],
      ['2 workers', spread(twoWorkers), 'sequences/s'],
      ['2 workers / 1 worker', spread(ratio), `over ${counted(ratio.runs, 'round')}`],
      ['2 processes / 1 process', spread(machineRatio), 'training only, with nothing shared: the limit of this machine'],
    ]),
  ]
  if (cores < 2) lines.push('This machine has one core, so a second worker cannot help.')
  return lines.join('\n')
}

const spread = ({ median, lowerQuartile, upperQuartile }: Spread, show: (value: number) => string = formatNumber) =>
  `${show(median)} (${show(lowerQuartile)} to ${show(upperQuartile)})`
