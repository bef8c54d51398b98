import { forecast } from '../../src-engine/analysis/schedule.ts'
import { workEstimate } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { TimeEstimate } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { type Expectation, kindOf, Timings } from './timing.ts'
import { probeTimes, type ProbeOptions } from './timing-probe.ts'

/** What a probe does not do: pictures for the window, checkpoints, snapshots. */
const PROBE_OVERHEAD = 1.2
/** Until the end of a run is kept, s. */
const PROBE_END = 0.1
/** Of the logarithm: an early sequence is not a late one. */
const PROBE_SPREAD = 0.2
/** A probe speaks for experiments of its kind of up to so many times its work, or as many times less. */
const PROBE_REACH = 4

export interface EstimatesOptions extends ProbeOptions {
  library: Library
  environment: Environment
}

/** A run, or as much of it as there is to do. */
export interface Job {
  spec: Spec
  sequences: number
}

interface Probe {
  kind: string
  work: number
  /** Probes at the same time. */
  atOnce: number
  secondsPerSequence: number
  secondsToStart: number
}

type Known = Expectation & { basis: TimeEstimate['basis'] }

/** How long experiments take here: by kept runs of their kind, else by a probe. Probes are remembered for as long as this lives. */
export class Estimates {
  readonly #options: EstimatesOptions
  readonly #probes: Probe[] = []
  #timings: Promise<Timings> | null = null

  constructor(options: EstimatesOptions) {
    this.#options = options
  }

  /** A run has ended: what was read of the others is out of date. */
  forget(): void {
    this.#timings = null
  }

  /** Wall time of jobs, each among `atOnce` at the same time; null where nothing is known of its kind. */
  async each(jobs: readonly Job[], atOnce: number): Promise<(number | null)[]> {
    const know = await this.#knowledge(atOnce)
    return jobs.map((job) => secondsOf(job, know(job.spec)))
  }

  /**
   * Wall time of these jobs together, with an otherwise empty queue; null where it is not known of all.
   * @param measure whether what no kept run tells may be tried out
   */
  async whole(jobs: readonly Job[], workers: number, measure: boolean): Promise<TimeEstimate | null> {
    const atOnce = Math.min(workers, jobs.length)
    if (measure) await this.#tryUnknown(jobs, atOnce)
    const know = await this.#knowledge(atOnce)
    const known = jobs.map(({ spec }) => know(spec))
    const { secondsLeft } = forecast([], jobs.map((job, index) => ({ seconds: secondsOf(job, known[index]) })), workers)
    if (secondsLeft === null) return null
    const told = known.flatMap((one) => one ?? [])
    const spread = Math.max(...told.map((one) => one.spread))
    return {
      seconds: secondsLeft,
      low: secondsLeft * Math.exp(-spread),
      high: secondsLeft * Math.exp(spread),
      basis: told.some(({ basis }) => basis === 'probe') ? 'probe' : 'runs',
      count: Math.max(...told.map(({ count }) => count)),
    }
  }

  /** What is known of an experiment; the same answer for those that take as long as each other. */
  async #knowledge(atOnce: number): Promise<(spec: Spec) => Known | null> {
    this.#timings ??= Timings.read(this.#options.library, this.#options.environment)
    const timings = await this.#timings
    const answers = new Map<string, Known | null>()
    return (spec) => {
      const key = `${kindOf(spec)} ${workEstimate(spec)}`
      if (!answers.has(key)) answers.set(key, this.#ask(timings, spec, atOnce))
      return answers.get(key)!
    }
  }

  #ask(timings: Timings, spec: Spec, atOnce: number): Known | null {
    const told = timings.expect(spec, atOnce)
    return told ? { ...told, basis: 'runs' } : this.#tried(spec, atOnce)
  }

  #tried(spec: Spec, atOnce: number): Known | null {
    const work = workEstimate(spec)
    const near = this.#probes
      .filter((probe) => probe.kind === kindOf(spec) && probe.atOnce === atOnce)
      .filter((probe) => farness(probe.work, work) < Math.log(PROBE_REACH))
      .toSorted((a, b) => farness(a.work, work) - farness(b.work, work))
    const [nearest] = near
    return nearest ? {
      secondsPerSequence: PROBE_OVERHEAD * nearest.secondsPerSequence * (work / nearest.work),
      secondsAround: nearest.secondsToStart + PROBE_END, spread: PROBE_SPREAD, count: near.length, basis: 'probe',
    } : null
  }

  /** Each that nothing is known of, until a probe of another speaks for it. */
  async #tryUnknown(jobs: readonly Job[], atOnce: number): Promise<void> {
    for (;;) {
      const know = await this.#knowledge(atOnce)
      const unknown = jobs.map(({ spec }) => spec).filter((spec) => know(spec) === null)
      const kinds = new Map(unknown.map((spec) => [kindOf(spec), spec]))
      if (kinds.size === 0 || !await this.#probeTimes([...kinds.values()], atOnce)) return
    }
  }

  /** @returns false where none of them could be tried */
  async #probeTimes(specs: readonly Spec[], atOnce: number): Promise<boolean> {
    // Fewer than will run at once would be tried out on an emptier machine than they will meet.
    const batch = Array.from({ length: Math.max(specs.length, atOnce) }, (_, index) => specs[index % specs.length])
    const tried = await probeTimes(batch, atOnce, this.#options)
    const probes = specs.flatMap((spec, index) => {
      const told = tried[index]
      return told ? [{ kind: kindOf(spec), work: workEstimate(spec), atOnce, ...told }] : []
    })
    this.#probes.push(...probes)
    return probes.length === specs.length
  }
}

const secondsOf = ({ sequences }: Job, known: Known | null) =>
  (known === null ? null : known.secondsAround + sequences * known.secondsPerSequence)

const farness = (work: number, other: number) => Math.abs(Math.log(work / other))
