import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { Spread } from './spread.ts'

/** The schemes that are timed: one without devices, one with one pair a synapse, one with four. */
export const benchSchemes = ['fp32', 'mixed-precision', 'multi-memristor'] as const
export type BenchScheme = (typeof benchSchemes)[number]

/** What `chalcogen bench --json` prints. Names say the unit; s: wall seconds. */
export interface BenchReport {
  environment: Environment
  /** Fewer sizes and repetitions: a look, no measurement. */
  quick: boolean
  /** What the whole bench took. */
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
  /** Differential pairs of a synapse; 0 for digital weights. */
  pairs: number
  /** Sequences trained before the timed ones, whose firing is not typical yet. */
  warmup: number
  /** s for a sequence with its update. */
  secondsPerSequence: Spread
  /** Mean over the timed sequences: times are comparable where rates are. */
  meanRateHz: number
  /** READs of single devices. */
  readsPerSequence: number
}

/** How a scheme's time grows from the smallest to the largest network of the bench. */
export interface Growth {
  scheme: BenchScheme
  from: number
  to: number
  /** Ratio of the medians. */
  times: number
  /** The same divided by the square of the ratio of neurons: at most 1 where growth is at most quadratic. */
  timesQuadratic: number
}

export interface BaselineReport {
  /** First line of `gcc --version`; null where nothing was compared. */
  compiler: string | null
  /** Why nothing was compared. */
  missing: string | null
  comparisons: Comparison[]
}

/** The engine and the C baseline on the same settings, one after the other in every round. */
export interface Comparison {
  scheme: BenchScheme
  recurrentNeurons: number
  /** How the baseline gathers its gradient: `filtered` as the engine does, `running` one trace for each synapse. */
  form: BaselineForm
  /** Medians of the rounds, s per sequence. */
  engineSeconds: Spread
  baselineSeconds: Spread
  /** Engine by baseline, of each round: below 1 the engine is faster. */
  ratio: Spread
  /** Quickest round of the engine by the quickest of the baseline: both where nothing else slowed the machine. */
  ratioOfQuickest: number
  engineRateHz: number
  baselineRateHz: number
}

export type BaselineForm = Spec['learning']['gradientForm']

export interface KernelRate {
  kernel: 'addRunningTraces' | 'gatherSpikes' | 'normalPairs' | 'readColumns'
  /** FLOP/s, single normal draws, or READs of single devices, each per second. */
  unit: 'FLOP/s' | 'draws/s' | 'READs/s'
  rate: Spread
}

/** Writing into a library file in the temporary folder, as a run does. */
export interface LibraryRates {
  /** Data of one snapshot: mixed precision at 100 neurons. */
  bytesPerSnapshot: number
  snapshotsPerSecond: Spread
  /** 10⁶ bytes. */
  megabytesPerSecond: Spread
  epochsPerSecond: Spread
}

/** Equal runs of mixed precision at 100 neurons through queue, engine workers and library, their start included. */
export interface WorkerRates {
  /** Fewer than two cores cannot show a gain. */
  cores: number
  runsPerRound: number
  sequencesPerRun: number
  /** Sequences per second of each round. */
  oneWorker: Spread
  twoWorkers: Spread
  /** Two workers by one, of each round. */
  ratio: Spread
  /**
   * Two processes by one that train the same and share nothing: what the machine gives. Below 2 where its cores share
   * their vector units or their clock, as the two threads of one physical core do.
   */
  machineRatio: Spread
}
