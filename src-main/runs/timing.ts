import { workEstimate } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { Library, Timing } from '../library/library.ts'

/** How long a run takes on this machine, by what others took. */
export interface Expectation {
  /** Wall time of a sequence, what is kept of it included. */
  secondsPerSequence: number
  /** Before the first sequence and after the last. */
  secondsAround: number
  /** Standard deviation of the logarithm of the time. */
  spread: number
  /** How many runs it rests on. */
  count: number
}

/** Runs that are looked at, the latest. */
const MOST = 200
/** Of fewer runs nothing can be said of how they differ. */
const USUAL_SPREAD = 0.2
const LEAST_SPREAD = 0.05
/** A run that took longer than its sequences by more than this factor has waited for something. */
const MOST_OVERHEAD = 1.6
/** Beyond this ratio of their work two runs say nothing of each other. */
const FARTHEST = 20

/** One kept run of this machine. */
interface Sample {
  kind: string
  work: number
  /** Measured wall time of a sequence over its work. */
  ratio: number
  secondsAround: number
  /** How many ran at the same time, itself included, on average. */
  concurrency: number
}

/** Until the first sequence and after the last, where nothing better is known, s. */
const USUAL_AROUND = 0.4
/** Beyond this a run has waited for something, s. */
const MOST_AROUND = 5

/** What the last runs on this machine took, and what that says of others. */
export class Timings {
  readonly #samples: readonly Sample[]

  constructor(timings: readonly Timing[], { cpu, cores }: Pick<Environment, 'cpu' | 'cores'>) {
    const here = timings.filter(({ environment }) => environment.cpu === cpu && environment.cores === cores)
    this.#samples = here.map((timing) => sampleOf(timing, concurrencyOf(timing, here)))
  }

  static async read(library: Library, environment: Environment): Promise<Timings> {
    return new Timings(await library.timings(MOST), environment)
  }

  /** @param concurrency runs at the same time, itself included. @returns null where no run of the kind was kept */
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

/** Runs of one kind differ in their size alone, as far as their time goes. */
export function kindOf({ scheme, device, learning, training }: Spec): string {
  return [scheme.kind, training.arithmetic, learning.gradientForm, device.model, device.readNoise, device.drift].join(' ')
}

function sampleOf({ spec, sequences, secondsPerSequence, startedAt, endedAt }: Timing, concurrency: number): Sample {
  const wall = secondsBetween(startedAt, endedAt)
  const work = workEstimate(spec)
  const measured = (wall - USUAL_AROUND) / sequences
  const perSequence = Math.min(MOST_OVERHEAD * secondsPerSequence, Math.max(secondsPerSequence, measured))
  const around = wall - sequences * perSequence
  const secondsAround = around > 0 && around < MOST_AROUND ? around : USUAL_AROUND
  return { kind: kindOf(spec), work, ratio: perSequence / work, secondsAround, concurrency }
}

/** How many of the runs ran at the same time as this one, on average over its time. */
function concurrencyOf(timing: Timing, others: readonly Timing[]): number {
  const own = secondsBetween(timing.startedAt, timing.endedAt)
  if (own <= 0) return 1
  const shared = others.reduce((sum, other) => {
    if (other === timing) return sum
    const from = timing.startedAt > other.startedAt ? timing.startedAt : other.startedAt
    const to = timing.endedAt < other.endedAt ? timing.endedAt : other.endedAt
    return sum + Math.max(0, secondsBetween(from, to))
  }, 0)
  return 1 + shared / own
}

const secondsBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000

function mean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.reduce((sum, value, index) => sum + value * weights[index], 0) / total
}
