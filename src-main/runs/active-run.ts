import type { EventName, EventPayload } from '../contract/contract.ts'
import type { Environment, LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import { sequencesOf } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Library } from '../library/library.ts'
import type { EngineWorkers } from './engine-workers.ts'
import type { RunRecord } from './messages.ts'
import { ProgressMeter } from './progress.ts'
import { type Halt, type RunEnd, runEnd, type RunSink, Supervisor } from './supervisor.ts'
import { Stopwatch } from './stopwatch.ts'
import { RETRY_MS, RunWriter } from './writer.ts'

/** Services that a run uses. */
export interface RunContext {
  library: Library
  workers: EngineWorkers
  /** Gives the engine's compiled kernels. */
  kernels: () => Promise<WebAssembly.Module>
  environment: Environment
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** Time between two attempts to write to a full disk or a locked library, ms. */
  retryMs?: number
}

/** The part of a stored run's summary that is needed to resume it. */
export type RunOutline = Pick<RunSummary, 'runId' | 'sequences' | 'epochsDone' | 'sweep' | 'secondsComputed'>

/** One run, from when it is queued until it ends or is paused. */
export class ActiveRun {
  readonly runId: string
  readonly spec: Spec
  readonly sweepId: string | null
  /** Resolves when the end of the run is saved, or when a failure to save it was reported. */
  readonly ended: Promise<void>
  readonly #library: Library
  readonly #context: RunContext
  readonly #meter: ProgressMeter
  readonly #writer: RunWriter
  /** Time that engine workers spent on the run before, s; null if it is not known. */
  readonly #secondsBefore: number | null
  /** Time of this run's engine worker, without the time that its results waited to be saved. */
  readonly #stopwatch = new Stopwatch()
  /** Epochs that were already saved. A resumed run computes some of them again. */
  readonly #epochsBefore: number
  readonly #holdAt: number | null
  #supervisor: Supervisor | null = null
  #halt: Halt | null = null
  #frame: LiveFrame | null = null
  #resolveEnded = () => {}

  /** @param holdAt number of sequences after which the run pauses; null if it runs to its end */
  constructor(outline: RunOutline, spec: Spec, holdAt: number | null, context: RunContext) {
    const { runId, sequences, epochsDone, sweep, secondsComputed } = outline
    this.runId = runId
    this.spec = spec
    this.sweepId = sweep?.sweepId ?? null
    this.#holdAt = holdAt
    this.#library = context.library
    this.#context = context
    this.#epochsBefore = epochsDone
    this.#secondsBefore = secondsComputed
    this.#meter = new ProgressMeter(runId, sequences, holdAt ?? sequences)
    const { library, retryMs } = context
    this.#writer = new RunWriter({
      library, runId, retryMs, onWait: (reason) => this.#wait(reason), secondsComputed: () => this.#secondsComputed,
    })
    this.ended = new Promise((resolve) => { this.#resolveEnded = resolve })
  }

  /** The remaining work until the run ends or pauses at `holdAt`. */
  get remaining(): { spec: Spec; sequences: number } {
    const until = this.#holdAt ?? sequencesOf(this.spec)
    return { spec: this.spec, sequences: Math.max(0, until - this.#epochsBefore * this.spec.task.patterns) }
  }

  get running(): boolean {
    return this.#supervisor !== null
  }

  get live(): { progress: Progress; frame: LiveFrame | null } {
    return { progress: this.#meter.progress, frame: this.#frame }
  }

  /** Runs until the run ends or pauses. Never rejects. */
  async execute(): Promise<void> {
    try {
      await this.#keepEnd(await this.#run())
    } catch (error) {
      await this.#keepEnd(runEnd('failed', { error: { code: codeOf(error), message: (error as Error).message } }))
    }
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
    this.#writer.giveUp()
  }

  /** Selects the synapse that frames show. Has no effect if there is no such synapse or the run is not running. */
  observe(synapse: WatchedSynapse): void {
    const { task, network } = this.spec
    const presynaptic = synapse.layer === 'input' ? task.inputChannels : network.recurrentNeurons
    if (synapse.neuron < network.recurrentNeurons && synapse.presynaptic < presynaptic) this.#supervisor?.observe(synapse)
  }

  /** Emits the run's summary as the library has it now. */
  announce(): Promise<void> {
    return this.#orNotice(async () => {
      const [{ summary }] = await this.#library.outlines([this.runId])
      this.#context.emit('run.changed', { summary })
    })
  }

  async #run(): Promise<RunEnd> {
    const { workers, environment } = this.#context
    const kernels = await this.#context.kernels()
    const checkpoint = await this.#library.checkpoint(this.runId)
    await this.#library.markRunning(this.runId, new Date().toISOString(), environment)
    if (this.#halt !== null) return runEnd(this.#halt)
    const task = { kind: 'run' as const, runId: this.runId, spec: this.spec, kernels, checkpoint, holdAt: this.#holdAt }
    this.#stopwatch.start()
    this.#supervisor = new Supervisor(task, { workers, sink: this.#sink() })
    this.#meter.record(checkpoint?.sequences ?? 0)
    await this.announce()
    return this.#supervisor.ended.finally(() => this.#stopwatch.pause())
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
    if (reason === null) this.#stopwatch.start()
    else this.#stopwatch.pause()
    this.#meter.wait(reason)
    this.#context.emit('run.progress', this.#meter.progress)
    const message = reason === null ? `Run ${this.runId} has resumed.` : `${reason} Run ${this.runId} is waiting and will resume automatically.`
    this.#context.emit('library.notice', { level: reason === null ? 'info' : 'warning', message, runId: this.runId })
  }

  async #keepEnd(end: RunEnd): Promise<void> {
    this.#stopwatch.pause()
    const endedAt = new Date().toISOString()
    const secondsComputed = this.#secondsComputed
    const finish = () => this.#library.finishRun(this.runId, { ...end, endedAt, secondsComputed })
    await finish().catch((error: unknown) => {
      this.#notice(error)
      this.#finishLater(finish)
    })
    await this.announce()
    this.#resolveEnded()
  }

  /** Retries in the background while the disk is full or the library is locked. Any other error ends the retries. */
  #finishLater(finish: () => Promise<void>): void {
    const again = async () => {
      try {
        await finish()
        await this.announce()
      } catch (error) {
        if (codeOf(error) === 'disk-full' || codeOf(error) === 'locked') this.#finishLater(finish)
      }
    }
    setTimeout(() => void again(), this.#context.retryMs ?? RETRY_MS).unref()
  }

  async #orNotice(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      this.#notice(error)
    }
  }

  #notice(error: unknown): void {
    const message = `Could not update run ${this.runId} in the library. ${(error as Error).message}`
    this.#context.emit('library.notice', { level: 'error', message, runId: this.runId })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
}
