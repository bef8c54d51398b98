import { createHash } from 'node:crypto'
import type { NamedArray, SequenceEvent, TrainingEvent } from '../../src-engine/training/events.ts'
import type { ObserverHook } from '../../src-engine/training/observer-hook.ts'
import type { TrainerState } from '../../src-engine/training/state.ts'
import { pack } from '../library/codec.ts'
import type { PackedArray } from '../library/protocol.ts'
import type { EngineLink } from './engine-link.ts'
import { LiveFrames } from './live-frames.ts'
import type { EngineEnd, EngineTask } from './messages.ts'
import { SequenceClock } from './sequence-clock.ts'

/** The part of a trainer that the loop uses. */
export interface Training {
  readonly done: boolean
  readonly sequencesDone: number
  step(observer?: ObserverHook): TrainingEvent[]
  arrays(): NamedArray[]
  digest(): Uint8Array
  snapshot(): TrainerState
}

/** Checkpoints take at most a twentieth of the worker's time, however short their interval is. */
const CHECKPOINT_REST = 20

/** Trains until the end or a halt, and reports the end as the last message. Reports an error of the trainer as a failure. */
export async function train(makeTraining: () => Training, task: EngineTask, link: EngineLink): Promise<void> {
  try {
    link.end(await new Session(makeTraining(), task, link).run())
  } catch (error) {
    link.end({ kind: 'failed', ...describeFailure(error) })
  }
}

class Session {
  readonly #training: Training
  readonly #task: EngineTask
  readonly #link: EngineLink
  readonly #clock = new SequenceClock()
  readonly #frames: LiveFrames
  #nextCheckpoint: number
  /** Sequences done at the newest checkpoint. */
  #checkpointed: number

  constructor(training: Training, task: EngineTask, link: EngineLink) {
    this.#training = training
    this.#task = task
    this.#link = link
    this.#frames = new LiveFrames(task)
    this.#checkpointed = training.sequencesDone
    this.#nextCheckpoint = performance.now() + this.#checkpointInterval()
  }

  async run(): Promise<EngineEnd> {
    this.#reportProgress()
    while (!this.#training.done && !this.#isHeld() && !this.#link.haltRequested) {
      const observer = this.#frames.begin(this.#link.watched)
      const events = this.#clock.time(() => this.#training.step(observer), () => this.#frames.seconds)
      for (const event of events) await this.#report(event)
      if (performance.now() >= this.#nextCheckpoint) await this.#keepCheckpoint()
      await this.#link.yieldToEvents()
    }
    this.#reportProgress()
    if (!this.#training.done) await this.#keepCheckpoint()
    return this.#end()
  }

  /** Sends a checkpoint. All earlier records were already sent, so they are written before it. */
  async #keepCheckpoint(): Promise<void> {
    const sequences = this.#training.sequencesDone
    if (this.#training.done || sequences === this.#checkpointed) return
    const begin = performance.now()
    const state = Object.entries(this.#training.snapshot())
    const parts = state.map(([name, values]) => ({ name, length: values.length, ...pack(values) }))
    const cost = performance.now() - begin
    await this.#link.keep({ kind: 'checkpoint', sequences, parts })
    this.#checkpointed = sequences
    this.#nextCheckpoint = performance.now() + Math.max(this.#checkpointInterval(), CHECKPOINT_REST * cost)
  }

  #isHeld(): boolean {
    return this.#task.holdAt !== null && this.#training.sequencesDone >= this.#task.holdAt
  }

  #checkpointInterval(): number {
    return 1000 * (this.#task.spec.recording.checkpointEvery || Infinity)
  }

  async #report(event: TrainingEvent): Promise<void> {
    if (event.kind === 'sequence') return this.#show(event)
    if (event.kind === 'snapshot') return this.#link.keep({ ...event, arrays: packed(event.arrays) })
    if (event.kind === 'recording') return this.#link.keep({ ...event, kind: 'snapshot', arrays: packed(event.arrays), supersedes: null })
    const { kind, ...metrics } = event
    return this.#link.keep({ kind, metrics })
  }

  #show(event: SequenceEvent): void {
    const frame = this.#frames.frameOf(event, () => this.#training.arrays())
    if (frame === null) return
    this.#reportProgress()
    this.#link.post({ kind: 'frame', frame })
  }

  #reportProgress(): void {
    this.#link.post({ kind: 'progress', sequencesDone: this.#training.sequencesDone })
  }

  #end(): EngineEnd {
    const secondsPerSequence = this.#clock.median()
    if (!this.#training.done) return { kind: this.#isHeld() ? 'held' : 'halted', secondsPerSequence }
    const digest = createHash('sha256').update(this.#training.digest()).digest('hex')
    return { kind: 'done', digest, secondsPerSequence }
  }
}

const packed = (arrays: readonly NamedArray[]): PackedArray[] =>
  arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray)

function describeFailure(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  const isMemory = error instanceof RangeError || error instanceof WebAssembly.RuntimeError
  const outOfMemory = isMemory && /allocat|array length|out of memory/i.test(message)
  return { code: outOfMemory ? 'out-of-memory' : 'engine-error', message }
}
