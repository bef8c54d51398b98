import { workEstimate } from '../../src-engine/experiment/estimate.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { Library, Timing } from '../library/library.ts'

/** Expected time of a run on this machine, based on earlier runs. */
export interface Expectation {
  /** Wall time of a sequence, including saving its results. */
  secondsPerSequence: number
  /** Time before the first sequence and after the last. */
  secondsAround: number
  /** Standard deviation of the logarithm of the time. */
  spread: number
  /** Number of runs that it is based on. */
  count: number
}

/** Number of latest runs that are used. */
const MOST = 200
/** Spread if there are fewer than 3 runs to compute it from. */
const USUAL_SPREAD = 0.2
const LEAST_SPREAD = 0.05
/** Greatest ratio of a run's time to that of its sequences. A run that took longer must have waited for something. */
const MOST_OVERHEAD = 1.6
/** Greatest ratio of work between two runs that are compared. */
const FARTHEST = 20

/** Shortest time without computing that counts as a pause, s, and its least fraction of the time from the start to the end. */
const SHORTEST_PAUSE = 1
const MOST_PAUSED = 0.1

/** One stored run of this machine. */
interface Sample {
  kind: string
  work: number
  /** Measured wall time of a sequence over its work. */
  ratio: number
  secondsAround: number
  /** Mean number of runs at the same time, including this one. */
  concurrency: number
}

/** Default time before the first sequence and after the last, s. */
const USUAL_AROUND = 0.4
/** Greatest such time, s. A run with a longer one must have waited for something. */
const MOST_AROUND = 5

/** Timings of the latest runs on this machine, and predictions from them. */
export class Timings {
  readonly #samples: readonly Sample[]

  constructor(timings: readonly Timing[], { cpu, cores }: Pick<Environment, 'cpu' | 'cores'>) {
    const here = timings.filter(({ environment }) => environment.cpu === cpu && environment.cores === cores)
    this.#samples = here.filter((timing) => !wasDisturbed(timing)).map((timing) => sampleOf(timing, concurrencyOf(timing, here)))
  }

  static async read(library: Library, environment: Environment): Promise<Timings> {
    return new Timings(await library.timings(MOST), environment)
  }

  /** @param concurrency runs at the same time, including this one. @returns null if there is no stored run of this kind */
  expect(spec: Spec, concurrency: number): Expectation | null {
    const work = workEstimate(spec)
    const kind = kindOf(spec)
    const alike = this.#samples
      .filter((sample) => sample.kind === kind && Math.abs(sample.concurrency - concurrency) < 0.5)
      .filter((sample) => Math.abs(Math.log(sample.work / work)) < Math.log(FARTHEST))
    if (alike.length === 0) return null
    const weights = alike.map((sample) => Math.exp(-2 * Math.abs(Math.log(sample.work / work))))
    const logs = alike.map(({ ratio }) => Math.log(ratio))
    const centre = mean(logs, weights)
    const deviation = Math.sqrt(mean(logs.map((log) => (log - centre) ** 2), weights))
    return {
      secondsPerSequence: Math.exp(centre) * work,
      secondsAround: mean(alike.map(({ secondsAround }) => secondsAround), weights),
      spread: Math.max(LEAST_SPREAD, alike.length < 3 ? USUAL_SPREAD : deviation),
      count: alike.length,
    }
  }
}

/** Key of experiments whose time depends only on their size. */
export function kindOf({ scheme, device, learning, training }: Spec): string {
  return [scheme.kind, training.arithmetic, learning.gradientForm, device.model, device.readNoise, device.drift].join(' ')
}

function sampleOf(timing: Timing, concurrency: number): Sample {
  const { spec, sequences, secondsPerSequence } = timing
  const wall = secondsOf(timing)
  const work = workEstimate(spec)
  const measured = (wall - USUAL_AROUND) / sequences
  const perSequence = Math.min(MOST_OVERHEAD * secondsPerSequence, Math.max(secondsPerSequence, measured))
  const around = wall - sequences * perSequence
  const secondsAround = around > 0 && around < MOST_AROUND ? around : USUAL_AROUND
  return { kind: kindOf(spec), work, ratio: perSequence / work, secondsAround, concurrency }
}

/** Computed time; for a run of an earlier version, the time between its start and its end. */
const secondsOf = ({ startedAt, endedAt, secondsComputed }: Timing) => secondsComputed ?? secondsBetween(startedAt, endedAt)

/** Fraction of the time between its start and its end in which a run was computed. */
const busyShare = (timing: Timing) =>
  Math.min(1, secondsOf(timing) / Math.max(1e-3, secondsBetween(timing.startedAt, timing.endedAt)))

/**
 * Whether it is not known how many runs a run shared the machine with: it was paused or interrupted for long, or the clock was set
 * while it ran.
 */
function wasDisturbed(timing: Timing): boolean {
  const between = secondsBetween(timing.startedAt, timing.endedAt)
  return between < 0 || Math.abs(between - secondsOf(timing)) > Math.max(SHORTEST_PAUSE, MOST_PAUSED * between)
}

/** Mean number of runs at the same time during this run, including it. */
function concurrencyOf(timing: Timing, others: readonly Timing[]): number {
  const own = secondsBetween(timing.startedAt, timing.endedAt)
  if (own <= 0) return 1
  const shared = others.reduce((sum, other) => {
    if (other === timing) return sum
    const from = timing.startedAt > other.startedAt ? timing.startedAt : other.startedAt
    const to = timing.endedAt < other.endedAt ? timing.endedAt : other.endedAt
    return sum + Math.max(0, secondsBetween(from, to)) * busyShare(other)
  }, 0)
  return 1 + shared / own
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000

function mean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, index) => sum + value * weights[index]!, 0) / total
}
