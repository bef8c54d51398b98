import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { Spread } from './spread.ts'

/** The timed schemes: one without devices, one with one pair per synapse, one with four. */
export const benchSchemes = ['fp32', 'mixed-precision', 'multi-memristor'] as const
export type BenchScheme = (typeof benchSchemes)[number]

/** Output of `chalcogen bench --json`. Names contain the unit; seconds are wall time. */
export interface BenchReport {
  environment: Environment
  /** Whether sizes and repetitions were reduced. The result is then only a rough look. */
  quick: boolean
  /** Duration of the whole bench. */
  seconds: number
  sequences: SequenceTimes[]
  growth: Growth[]
  baseline: BaselineReport
  kernels: KernelRate[]
  library: LibraryRates
  workers: WorkerRates
}

/** One scheme at one size, in one thread. */
export interface SequenceTimes {
  scheme: BenchScheme
  recurrentNeurons: number
  /** Differential pairs per synapse; 0 for digital weights. */
  pairs: number
  /** Sequences trained before the timed ones, until firing is typical. */
  warmup: number
  /** Time of a sequence and its update. */
  secondsPerSequence: Spread
  /** Mean firing rate over the timed sequences. Compare times only at similar rates. */
  meanRateHz: number
  /** READs of single devices. */
  readsPerSequence: number
}

/** Growth of a scheme's time from the smallest to the largest network of the bench. */
export interface Growth {
  scheme: BenchScheme
  /** Recurrent neurons of the smallest and of the largest network. */
  from: number
  to: number
  /** Ratio of the medians. */
  times: number
  /** The same divided by the squared ratio of neurons: at most 1 if growth is at most quadratic. */
  timesQuadratic: number
}

export interface BaselineReport {
  /** First line of `gcc --version`; null without a comparison. */
  compiler: string | null
  /** Reason why there is no comparison; null if there is one. */
  missing: string | null
  comparisons: Comparison[]
}

/** The engine and the C baseline with the same settings, measured one after the other in every round. */
export interface Comparison {
  scheme: BenchScheme
  recurrentNeurons: number
  /** Gradient form of the baseline: `filtered` like the engine, or `running` with one trace per synapse. */
  form: BaselineForm
  /** Medians of the rounds, seconds per sequence. */
  engineSeconds: Spread
  baselineSeconds: Spread
  /** Engine time divided by baseline time in each round. Below 1 the engine is faster. */
  ratio: Spread
  /** Fastest round of the engine divided by the fastest of the baseline. Other load on the machine affects these rounds least. */
  ratioOfQuickest: number
  engineRateHz: number
  baselineRateHz: number
}

export type BaselineForm = Spec['learning']['gradientForm']

export interface KernelRate {
  kernel: 'addRunningTraces' | 'gatherSpikes' | 'normalPairs' | 'readColumns'
  /** Floating-point operations, single normal draws, or READs of single devices, per second. */
  unit: 'FLOP/s' | 'draws/s' | 'READs/s'
  rate: Spread
}

/** Rates of writing to a library file in the temporary folder, as a run does. */
export interface LibraryRates {
  /** Data of one snapshot of mixed precision with 100 neurons. */
  bytesPerSnapshot: number
  snapshotsPerSecond: Spread
  /** In units of 10⁶ bytes per second. */
  megabytesPerSecond: Spread
  epochsPerSecond: Spread
}

/** Throughput of identical mixed-precision runs with 100 neurons through queue, engine workers and library, including their start. */
export interface WorkerRates {
  /** Logical cores. With fewer than two, there can be no gain. */
  cores: number
  runsPerRound: number
  sequencesPerRun: number
  /** Sequences per second in each round. */
  oneWorker: Spread
  twoWorkers: Spread
  /** Rate of two workers divided by the rate of one, in each round. */
  ratio: Spread
  /**
   * Rate of two independent training processes divided by the rate of one: the limit of the machine. It is below 2 if cores share
   * vector units or clock, as the two threads of one physical core do.
   */
  machineRatio: Spread
}
