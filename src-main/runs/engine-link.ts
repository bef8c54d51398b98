import type { MessagePort } from 'node:worker_threads'
import type { WatchedSynapse } from '../contract/run.ts'
import type { EngineReport, FromEngine, RunRecord, ToEngine } from './messages.ts'

/** Records sent but not yet written: bounds the memory of a run whose disk is slower than its engine. */
export const MOST_PENDING: Record<RunRecord['kind'], number> = { epoch: 32, snapshot: 2, checkpoint: 1 }

/** The worker's end of the line to its supervisor. */
export class EngineLink {
  readonly #port: MessagePort
  readonly #pending = new Map<number, RunRecord['kind']>()
  #lastId = 0
  #halted = false
  #watched: WatchedSynapse = { layer: 'input', neuron: 0, presynaptic: 0 }
  #wake = () => {}

  constructor(port: MessagePort) {
    this.#port = port
    port.on('message', (message: ToEngine) => this.#receive(message))
  }

  get haltAsked(): boolean {
    return this.#halted
  }

  /** The synapse that frames show: the first, or what was asked for last. */
  get watched(): WatchedSynapse {
    return this.#watched
  }

  post(report: EngineReport): number {
    const message: FromEngine = { ...report, id: ++this.#lastId }
    // A snapshot of a large crossbar is megabytes: handed over, not copied.
    this.#port.postMessage(message, dataOf(report).map(({ data }) => data.buffer as ArrayBuffer))
    return message.id
  }

  /** Sends what has to be kept, once few enough of its kind are on their way, or a halt was asked for. */
  async keep(record: RunRecord): Promise<void> {
    while (this.#pendingOf(record.kind) >= MOST_PENDING[record.kind] && !this.#halted) {
      await new Promise<void>((resolve) => { this.#wake = resolve })
    }
    this.#pending.set(this.post(record), record.kind)
  }

  /** Lets messages in: a worker in a loop hears nothing otherwise. */
  breathe(): Promise<void> {
    return new Promise((resolve) => { setImmediate(resolve) })
  }

  close(): void {
    this.#port.close()
  }

  #pendingOf(kind: RunRecord['kind']): number {
    return [...this.#pending.values()].filter((other) => other === kind).length
  }

  #receive(message: ToEngine): void {
    switch (message.kind) {
      case 'kept':
        this.#pending.delete(message.id)
        break
      case 'observe':
        this.#watched = message.synapse
        break
      case 'halt':
        this.#halted = true
    }
    this.#wake()
  }
}

function dataOf(report: EngineReport): { data: Uint8Array }[] {
  if (report.kind === 'snapshot') return report.arrays
  return report.kind === 'checkpoint' ? report.parts : []
}
