import type { EventName, EventPayload } from '../contract/contract.ts'
import type { EpochMetrics, LiveFrame, Progress } from '../contract/run.ts'
import type { Library, NamedArray } from '../library/library.ts'
import type { EngineTask } from './messages.ts'
import { ProgressMeter } from './progress.ts'
import { type RunEnd, runEnd, type RunSink, Supervisor } from './supervisor.ts'

/** What a run reaches for. */
export interface Surroundings {
  library: Library
  /** The engine's worker: `engine.worker.ts`, or where a bundle has put it. */
  worker: string | URL
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
}

/** One run from its place in the queue to its kept end. */
export class ActiveRun {
  readonly runId: string
  /** Resolves once the end is kept, or could not be kept and was said so. */
  readonly ended: Promise<void>
  readonly #task: EngineTask
  readonly #library: Library
  readonly #around: Surroundings
  readonly #meter: ProgressMeter
  #supervisor: Supervisor | null = null
  #frame: LiveFrame | null = null
  #leave = () => {}

  constructor(task: EngineTask, sequences: number, around: Surroundings) {
    this.runId = task.runId
    this.#task = task
    this.#library = around.library
    this.#around = around
    this.#meter = new ProgressMeter(task.runId, sequences)
    this.ended = new Promise((resolve) => { this.#leave = resolve })
  }

  get running(): boolean {
    return this.#supervisor !== null
  }

  get live(): { progress: Progress; frame: LiveFrame | null } {
    return { progress: this.#meter.progress, frame: this.#frame }
  }

  /** Runs to the end; never rejects. */
  async execute(): Promise<void> {
    this.#supervisor = new Supervisor(this.#task, { worker: this.#around.worker, sink: this.#sink() })
    this.#meter.record(0)
    await this.#orNotice(() => this.#library.markRunning(this.runId, new Date().toISOString()))
    await this.announce()
    await this.#keepEnd(await this.#supervisor.ended)
  }

  /** For a run that was taken out of the queue. */
  endUnstarted(status: 'stopped' | 'interrupted'): Promise<void> {
    return this.#keepEnd(runEnd(status))
  }

  stop(): void {
    this.#supervisor?.stop()
  }

  interrupt(): void {
    this.#supervisor?.interrupt()
  }

  /** Tells everyone how the library now describes this run. */
  announce(): Promise<void> {
    return this.#orNotice(async () => {
      const { summary } = await this.#library.get(this.runId)
      this.#around.emit('run.changed', { summary })
    })
  }

  #sink(): RunSink {
    const { runId } = this
    const { emit } = this.#around
    return {
      epoch: async (metrics: EpochMetrics) => {
        await this.#library.appendEpoch(runId, metrics)
        emit('run.epochs', { runId, metrics: [metrics] })
      },
      snapshot: (epoch, arrays) => this.#library.putArrays(runId, epoch, arrays as NamedArray[], 'handed over'),
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

  async #keepEnd(end: RunEnd): Promise<void> {
    await this.#orNotice(() => this.#library.finishRun(this.runId, { ...end, endedAt: new Date().toISOString() }))
    await this.announce()
    this.#leave()
  }

  async #orNotice(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      const message = `Run ${this.runId} could not be brought up to date in the library: ${(error as Error).message}`
      this.#around.emit('library.notice', { level: 'error', message })
    }
  }
}
