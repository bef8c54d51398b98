import type { EventName, EventPayload } from '../contract/contract.ts'
import type { Environment, LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import { sequencesOf } from '../../src-engine/experiment/estimate.ts'
import { populationSizes, projectionOf } from '../../src-engine/experiment/layers.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { completeSpec, type Library } from '../library/library.ts'
import type { EngineWorkers } from './engine-workers.ts'
import type { EngineTask, RunRecord } from './messages.ts'
import { isPassing, Patience, type RetryTurns } from './patience.ts'
import { ProgressMeter } from './progress.ts'
import type { LimitOf } from './rounds.ts'
import { type Halt, type RunEnd, runEnd, type RunSink, Supervisor } from './supervisor.ts'
import { Stopwatch } from './stopwatch.ts'
import { RunWriter } from './writer.ts'

/** Services that a run uses. */
export interface RunContext {
  library: Library
  workers: EngineWorkers
  /** Gives the engine's compiled kernels. */
  kernels: () => Promise<WebAssembly.Module>
  environment: Environment
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** The turns of all runs that wait for the library. */
  turns: RetryTurns
  /** Emits the runs' summaries as the library has them now. Never rejects. */
  announce(runIds: readonly string[]): Promise<void>
  /** Saves the end of a run in the background as soon as the library can be written. */
  saveLater(run: ActiveRun, save: () => Promise<void>): void
}

/** The part of a stored run's summary that is needed to resume it. */
export type RunOutline = Pick<RunSummary, 'runId' | 'sequences' | 'epochsDone' | 'sweep' | 'secondsComputed'>

/** One run, from when it is queued until it ends or is paused. */
export class ActiveRun {
  readonly runId: string
  readonly spec: Spec
  readonly sweep: RunSummary['sweep']
  /** Resolves when the end of the run is saved, or when it was reported why it is not saved yet. */
  readonly ended: Promise<void>
  readonly #library: Library
  readonly #context: RunContext
  readonly #meter: ProgressMeter
  readonly #patience: Patience
  readonly #writer: RunWriter
  /** Time that engine workers spent on the run before, s; null if it is not known. */
  readonly #secondsBefore: number | null
  /** Time of this run's engine worker, without the time that its results waited to be saved. */
  readonly #stopwatch = new Stopwatch()
  /** Epochs that were already saved. A resumed run computes some of them again. */
  readonly #epochsBefore: number
  readonly #limitOf: LimitOf
  #isRunning = false
  #supervisor: Supervisor | null = null
  #halt: Halt | null = null
  #frame: LiveFrame | null = null
  #resolveEnded = () => {}

  constructor(outline: RunOutline, spec: Spec, limitOf: LimitOf, context: RunContext) {
    const { runId, sequences, epochsDone, sweep, secondsComputed } = outline
    this.runId = runId
    this.spec = spec
    this.sweep = sweep
    this.#limitOf = limitOf
    this.#library = context.library
    this.#context = context
    this.#epochsBefore = epochsDone
    this.#secondsBefore = secondsComputed
    this.#meter = new ProgressMeter(runId, sequences)
    this.#patience = new Patience(context.turns, (reason) => this.#wait(reason))
    this.#writer = new RunWriter({
      library: context.library, runId, patience: this.#patience, secondsComputed: () => this.#secondsComputed,
    })
    this.ended = new Promise((resolve) => { this.#resolveEnded = resolve })
  }

  /** The remaining work until the run ends or pauses. */
  async remaining(): Promise<{ spec: Spec; sequences: number }> {
    const until = await this.#limitOf(this).catch(() => null) ?? sequencesOf(this.spec)
    return { spec: this.spec, sequences: Math.max(0, until - this.#epochsBefore * this.spec.task.patterns) }
  }

  /** Whether it was taken from the queue. It may wait for the library before its engine starts, and before its end is saved. */
  get running(): boolean {
    return this.#isRunning
  }

  get live(): { progress: Progress; frame: LiveFrame | null } {
    return { progress: this.#meter.progress, frame: this.#frame }
  }

  /** Runs until the run ends or pauses. Never rejects. */
  async execute(): Promise<void> {
    this.#isRunning = true
    await this.#keepEnd(await this.#run().catch((error: unknown) => this.#endAfter(error)))
  }

  /** Ends a run that was removed from the queue before it started. */
  endUnstarted(as: Halt): Promise<void> {
    return this.#keepEnd(runEnd(as))
  }

  /** Resolves `ended` for a run that was removed from the queue and whose status is already saved. */
  settle(): void {
    this.#resolveEnded()
  }

  halt(as: Halt): void {
    this.#halt ??= as
    this.#supervisor?.halt(as)
    this.#patience.giveUp()
  }

  /** Selects the synapse that frames show. Has no effect if there is no such synapse or the run is not running. */
  observe(synapse: WatchedSynapse): void {
    const sizes = populationSizes(this.spec)
    const { from, to } = projectionOf(synapse.layer)
    if (synapse.neuron < sizes[to] && synapse.presynaptic < sizes[from]) this.#supervisor?.observe(synapse)
  }

  async #run(): Promise<RunEnd> {
    const task = await this.#prepare()
    if (this.#halt !== null) return runEnd(this.#halt)
    this.#stopwatch.start()
    const supervisor = new Supervisor(task, { workers: this.#context.workers, sink: this.#sink() })
    this.#supervisor = supervisor
    this.#meter.record(task.checkpoint?.sequences ?? 0)
    await this.#context.announce([this.runId])
    const end = await supervisor.ended
    this.#supervisor = null
    return end
  }

  /** Reads what the run starts from, and marks it as running. */
  async #prepare(): Promise<EngineTask> {
    const { kernels, environment } = this.#context
    const { runId } = this
    const module = await kernels()
    const spec = await this.#patience.until(() => completeSpec(this.#library, this.spec))
    const holdAt = await this.#patience.until(() => this.#limitOf(this))
    if (holdAt !== null) this.#meter.until = holdAt
    const checkpoint = await this.#patience.until(() => this.#library.checkpoint(runId))
    await this.#patience.until(() => this.#library.markRunning(runId, new Date().toISOString(), environment))
    return { kind: 'run', runId, spec, kernels: module, checkpoint, holdAt }
  }

  /** The end of a run that could not start. A run that was told to halt while it waited for the library has halted. */
  #endAfter(error: unknown): RunEnd {
    if (this.#halt !== null && isPassing(error)) return runEnd(this.#halt)
    return runEnd('failed', { error: { code: codeOf(error), message: (error as Error).message } })
  }

  /** Computed time of the run so far, s; null if it is not known. */
  get #secondsComputed(): number | null {
    return this.#secondsBefore === null ? null : this.#secondsBefore + this.#stopwatch.seconds
  }

  #sink(): RunSink {
    const { emit } = this.#context
    return {
      keep: async (record) => {
        await this.#writer.keep(record)
        this.#publish(record)
      },
      progress: (done) => {
        this.#meter.record(done)
        emit('run.progress', this.#meter.progress)
      },
      frame: (frame) => {
        this.#frame = frame
        emit('run.frame', frame)
      },
    }
  }

  #publish(record: RunRecord): void {
    const { runId } = this
    if (record.kind === 'epoch' && record.metrics.epoch > this.#epochsBefore) {
      this.#context.emit('run.epochs', { runId, metrics: [record.metrics] })
    }
    if (record.kind === 'snapshot') this.#context.emit('run.kept', { runId, epoch: record.epoch })
  }

  #wait(reason: string | null): void {
    if (reason !== null) this.#stopwatch.pause()
    else if (this.#supervisor !== null) this.#stopwatch.start()
    this.#meter.wait(reason)
    this.#context.emit('run.progress', this.#meter.progress)
    const message = reason === null ? `Run ${this.runId} has resumed.` : `${reason} Run ${this.runId} is waiting and will resume automatically.`
    this.#context.emit('library.notice', { level: reason === null ? 'info' : 'warning', message, runId: this.runId })
  }

  async #keepEnd(end: RunEnd): Promise<void> {
    this.#stopwatch.pause()
    const endedAt = new Date().toISOString()
    const secondsComputed = this.#secondsComputed
    const save = () => this.#library.finishRun(this.runId, { ...end, endedAt, secondsComputed })
    try {
      await this.#patience.until(save)
      await this.#context.announce([this.runId])
    } catch (error) {
      // A call that waits is given up only for a run that was told to halt: its user must not wait. After any other error, one more
      // attempt is worth it, because the library would keep the run as running until the next start.
      if (!isPassing(error)) this.#notice(error)
      this.#context.saveLater(this, save)
    }
    this.#resolveEnded()
  }

  #notice(error: unknown): void {
    const message = `Could not save the end of run ${this.runId}. ${(error as Error).message}`
    this.#context.emit('library.notice', { level: 'error', message, runId: this.runId })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
}
