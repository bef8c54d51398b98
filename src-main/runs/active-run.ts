import type { EventName, EventPayload } from '../contract/contract.ts'
import type { Environment, LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import { sequencesOf } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Library } from '../library/library.ts'
import type { RunRecord } from './messages.ts'
import { ProgressMeter } from './progress.ts'
import { type Halt, type RunEnd, runEnd, type RunSink, Supervisor } from './supervisor.ts'
import { RETRY_MS, RunWriter } from './writer.ts'

/** What a run reaches for. */
export interface Surroundings {
  library: Library
  /** The engine's worker: `engine.worker.ts`, or where a bundle has put it. */
  worker: string | URL
  /** The engine's kernels, compiled. */
  kernels: WebAssembly.Module
  environment: Environment
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** Milliseconds between two attempts to write where there is no room. */
  retryMs?: number
}

/** What has to be known of a kept run to take it up. */
export type RunOutline = Pick<RunSummary, 'runId' | 'sequences' | 'epochsDone' | 'sweep'>

/** One run from its place in the queue to where it comes to rest. */
export class ActiveRun {
  readonly runId: string
  readonly spec: Spec
  readonly sweepId: string | null
  /** Resolves once its end is kept, or could not be kept and was said so. */
  readonly ended: Promise<void>
  readonly #library: Library
  readonly #around: Surroundings
  readonly #meter: ProgressMeter
  readonly #writer: RunWriter
  /** Epochs that were kept before: a resumed run comes by some of them again. */
  readonly #epochsBefore: number
  readonly #holdAt: number | null
  #supervisor: Supervisor | null = null
  #halt: Halt | null = null
  #frame: LiveFrame | null = null
  #leave = () => {}

  /** @param holdAt sequences after which it rests; null where it goes on to its end */
  constructor({ runId, sequences, epochsDone, sweep }: RunOutline, spec: Spec, holdAt: number | null, around: Surroundings) {
    this.runId = runId
    this.spec = spec
    this.sweepId = sweep?.sweepId ?? null
    this.#holdAt = holdAt
    this.#library = around.library
    this.#around = around
    this.#epochsBefore = epochsDone
    this.#meter = new ProgressMeter(runId, sequences)
    const { library, retryMs } = around
    this.#writer = new RunWriter({ library, runId, retryMs, onWait: (reason) => this.#wait(reason) })
    this.ended = new Promise((resolve) => { this.#leave = resolve })
  }

  /** What there is to do of it, until it rests by itself. */
  get rest(): { spec: Spec; sequences: number } {
    const until = this.#holdAt ?? sequencesOf(this.spec)
    return { spec: this.spec, sequences: Math.max(0, until - this.#epochsBefore * this.spec.task.patterns) }
  }

  get running(): boolean {
    return this.#supervisor !== null
  }

  get live(): { progress: Progress; frame: LiveFrame | null } {
    return { progress: this.#meter.progress, frame: this.#frame }
  }

  /** Runs until it comes to rest; never rejects. */
  async execute(): Promise<void> {
    try {
      await this.#keepEnd(await this.#run())
    } catch (error) {
      await this.#keepEnd(runEnd('failed', { error: { code: codeOf(error), message: (error as Error).message } }))
    }
  }

  /** For a run that was taken out of the queue. */
  restUnstarted(as: Halt): Promise<void> {
    return this.#keepEnd(runEnd(as))
  }

  /** It was taken out of the queue, and the library knows what became of it. */
  leave(): void {
    this.#leave()
  }

  halt(as: Halt): void {
    this.#halt ??= as
    this.#supervisor?.halt(as)
    this.#writer.giveUp()
  }

  /** Its frames show this synapse from now on; nothing happens where it has none, or the run does not run. */
  observe(synapse: WatchedSynapse): void {
    const { task, network } = this.spec
    const presynaptic = synapse.layer === 'input' ? task.inputChannels : network.recurrentNeurons
    if (synapse.neuron < network.recurrentNeurons && synapse.presynaptic < presynaptic) this.#supervisor?.observe(synapse)
  }

  /** Tells everyone how the library now describes this run. */
  announce(): Promise<void> {
    return this.#orNotice(async () => {
      const [{ summary }] = await this.#library.outlines([this.runId])
      this.#around.emit('run.changed', { summary })
    })
  }

  async #run(): Promise<RunEnd> {
    const { kernels, worker, environment } = this.#around
    const checkpoint = await this.#library.checkpoint(this.runId)
    await this.#library.markRunning(this.runId, new Date().toISOString(), environment)
    if (this.#halt !== null) return runEnd(this.#halt)
    const task = { kind: 'run' as const, runId: this.runId, spec: this.spec, kernels, checkpoint, holdAt: this.#holdAt }
    this.#supervisor = new Supervisor(task, { worker, sink: this.#sink() })
    this.#meter.record(checkpoint?.sequences ?? 0)
    await this.announce()
    return this.#supervisor.ended
  }

  #sink(): RunSink {
    const { emit } = this.#around
    return {
      keep: async (record) => {
        await this.#writer.keep(record)
        this.#tell(record)
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

  #tell(record: RunRecord): void {
    const { runId } = this
    if (record.kind === 'epoch' && record.metrics.epoch > this.#epochsBefore) {
      this.#around.emit('run.epochs', { runId, metrics: [record.metrics] })
    }
    if (record.kind === 'snapshot') this.#around.emit('run.kept', { runId, epoch: record.epoch })
  }

  #wait(reason: string | null): void {
    this.#meter.wait(reason)
    this.#around.emit('run.progress', this.#meter.progress)
    const message = reason === null ? `Run ${this.runId} goes on.` : `Run ${this.runId} holds still and goes on by itself once it can: ${reason}`
    this.#around.emit('library.notice', { level: reason === null ? 'info' : 'warning', message })
  }

  async #keepEnd(end: RunEnd): Promise<void> {
    const finish = () => this.#library.finishRun(this.runId, { ...end, endedAt: new Date().toISOString() })
    await finish().catch((error: unknown) => {
      this.#notice(error)
      this.#finishLater(finish)
    })
    await this.announce()
    this.#leave()
  }

  /** While there is no room, tries on in the background; a library that was closed has no use for it. */
  #finishLater(finish: () => Promise<void>): void {
    const again = async () => {
      try {
        await finish()
        await this.announce()
      } catch (error) {
        if (codeOf(error) === 'disk-full' || codeOf(error) === 'locked') this.#finishLater(finish)
      }
    }
    setTimeout(() => void again(), this.#around.retryMs ?? RETRY_MS).unref()
  }

  async #orNotice(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      this.#notice(error)
    }
  }

  #notice(error: unknown): void {
    const message = `Run ${this.runId} could not be brought up to date in the library: ${(error as Error).message}`
    this.#around.emit('library.notice', { level: 'error', message })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
}
