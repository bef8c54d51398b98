import { forecast } from '../../src-engine/sweep/schedule.ts'
import { workEstimate } from '../../src-engine/experiment/estimate.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { Environment } from '../contract/run.ts'
import type { TimeEstimate } from '../contract/sweep.ts'
import { completeSpec, type Library } from '../library/library.ts'
import { type Expectation, kindOf, Timings } from './timing.ts'
import { probeTimes, type ProbeOptions } from './timing-probe.ts'

/** Factor for what a probe leaves out: frames for the window, checkpoints, snapshots. */
const PROBE_OVERHEAD = 1.2
/** Time to save the end of a run, s. */
const PROBE_END = 0.1
/** Standard deviation of the logarithm of the time, because early sequences differ from late ones. */
const PROBE_SPREAD = 0.2
/** Greatest ratio of work, up or down, between a probe and an experiment of its kind that is estimated from it. */
const PROBE_REACH = 4

export interface EstimatesOptions extends ProbeOptions {
  library: Library
  environment: Environment
}

/** A run, or its remaining part. */
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

/**
 * Estimates how long experiments take on this machine: from stored runs of their kind, or else from a probe.
 * Probes are remembered in memory.
 */
export class Estimates {
  readonly #options: EstimatesOptions
  readonly #probes: Probe[] = []
  #timings: Promise<Timings> | null = null

  constructor(options: EstimatesOptions) {
    this.#options = options
  }

  /** Discards the timings that were read. Call this when a run has ended. */
  forget(): void {
    this.#timings = null
  }

  /** Wall time of each job if `atOnce` jobs run at the same time, s; null if its kind is unknown. */
  async each(jobs: readonly Job[], atOnce: number): Promise<(number | null)[]> {
    const know = await this.#knowledge(atOnce)
    return jobs.map((job) => secondsOf(job, know(job.spec)))
  }

  /**
   * Wall time of all jobs together, with an otherwise empty queue; null if that of any job is unknown.
   * @param measure whether unknown jobs may be probed
   */
  async whole(jobs: readonly Job[], workers: number, measure: boolean): Promise<TimeEstimate | null> {
    const atOnce = Math.min(workers, jobs.length)
    if (measure) await this.#probeUnknown(jobs, atOnce)
    const know = await this.#knowledge(atOnce)
    const known = jobs.map(({ spec }) => know(spec))
    const { secondsLeft } = forecast([], jobs.map((job, index) => ({ seconds: secondsOf(job, known[index] ?? null) })), workers)
    if (secondsLeft === null) return null
    const expectations = known.flatMap((one) => one ?? [])
    const spread = Math.max(...expectations.map((one) => one.spread))
    return {
      seconds: secondsLeft,
      low: secondsLeft * Math.exp(-spread),
      high: secondsLeft * Math.exp(spread),
      basis: expectations.some(({ basis }) => basis === 'probe') ? 'probe' : 'runs',
      count: Math.max(...expectations.map(({ count }) => count)),
    }
  }

  /** Returns a function that looks up an experiment. Its answers are cached by kind and work. */
  async #knowledge(atOnce: number): Promise<(spec: Spec) => Known | null> {
    this.#timings ??= Timings.read(this.#options.library, this.#options.environment)
    const timings = await this.#timings
    const answers = new Map<string, Known | null>()
    return (spec) => {
      const key = `${kindOf(spec)} ${workEstimate(spec)}`
      if (!answers.has(key)) answers.set(key, this.#lookUp(timings, spec, atOnce))
      return answers.get(key)!
    }
  }

  #lookUp(timings: Timings, spec: Spec, atOnce: number): Known | null {
    const expected = timings.expect(spec, atOnce)
    return expected ? { ...expected, basis: 'runs' } : this.#fromProbes(spec, atOnce)
  }

  #fromProbes(spec: Spec, atOnce: number): Known | null {
    const work = workEstimate(spec)
    const near = this.#probes
      .filter((probe) => probe.kind === kindOf(spec) && probe.atOnce === atOnce)
      .filter((probe) => distance(probe.work, work) < Math.log(PROBE_REACH))
      .toSorted((a, b) => distance(a.work, work) - distance(b.work, work))
    const [nearest] = near
    return nearest ? {
      secondsPerSequence: PROBE_OVERHEAD * nearest.secondsPerSequence * (work / nearest.work),
      secondsAround: nearest.secondsToStart + PROBE_END, spread: PROBE_SPREAD, count: near.length, basis: 'probe',
    } : null
  }

  /** Probes one unknown experiment of each kind, again and again until all are known or a probe fails. */
  async #probeUnknown(jobs: readonly Job[], atOnce: number): Promise<void> {
    for (;;) {
      const know = await this.#knowledge(atOnce)
      const unknown = jobs.map(({ spec }) => spec).filter((spec) => know(spec) === null)
      const kinds = new Map(unknown.map((spec) => [kindOf(spec), spec]))
      if (kinds.size === 0 || !await this.#probeTimes([...kinds.values()], atOnce)) return
    }
  }

  /** @returns false if any probe failed */
  async #probeTimes(specs: readonly Spec[], atOnce: number): Promise<boolean> {
    // Probe as many at once as will run at once, so that the machine is equally busy.
    const batch = Array.from({ length: Math.max(specs.length, atOnce) }, (_, index) => specs[index % specs.length]!)
    const complete = await Promise.all(batch.map((spec) => completeSpec(this.#options.library, spec)))
    const probed = await probeTimes(complete, atOnce, this.#options)
    const probes = specs.flatMap((spec, index) => {
      const one = probed[index]
      return one ? [{ kind: kindOf(spec), work: workEstimate(spec), atOnce, ...one }] : []
    })
    this.#probes.push(...probes)
    return probes.length === specs.length
  }
}

const secondsOf = ({ sequences }: Job, known: Known | null) =>
  (known === null ? null : known.secondsAround + sequences * known.secondsPerSequence)

const distance = (work: number, other: number) => Math.abs(Math.log(work / other))
