import type { MessagePort } from 'node:worker_threads'
import { tracedLayers } from '../../src-engine/experiment/layers.ts'
import type { WatchedSynapse } from '../contract/run.ts'
import type { EngineEnd, EngineReport, FromEngine, RunRecord, ToEngine } from './messages.ts'

/** Most records that were sent but not written yet. Limits the memory of a run whose disk is slower than its engine. */
export const MOST_PENDING: Record<RunRecord['kind'], number> = { epoch: 32, snapshot: 2, checkpoint: 1 }

/** The engine worker's connection to its supervisor. */
export class EngineLink {
  readonly #port: MessagePort
  readonly #pending = new Map<number, RunRecord['kind']>()
  #lastId = 0
  #halted = false
  #watched: WatchedSynapse = { layer: tracedLayers[0], neuron: 0, presynaptic: 0 }
  #wake = () => {}

  readonly #isReusable: boolean
  readonly #listener = (message: ToEngine) => this.#receive(message)

  /** @param isReusable whether the worker waits for another run after the end of this one */
  constructor(port: MessagePort, isReusable = false) {
    this.#port = port
    this.#isReusable = isReusable
    port.on('message', this.#listener)
  }

  get haltRequested(): boolean {
    return this.#halted
  }

  /** The synapse that frames show: the latest that was selected, at first synapse 0 of neuron 0. */
  get watched(): WatchedSynapse {
    return this.#watched
  }

  post(report: Exclude<EngineReport, EngineEnd>): number {
    const id = ++this.#lastId
    this.#send({ ...report, id })
    return id
  }

  /** Sends a record to be saved. Waits while too many of its kind are pending, unless a halt was requested. */
  async keep(record: RunRecord): Promise<void> {
    while (this.#pendingOf(record.kind) >= MOST_PENDING[record.kind] && !this.#halted) {
      await new Promise<void>((resolve) => { this.#wake = resolve })
    }
    this.#pending.set(this.post(record), record.kind)
  }

  /** Lets the worker receive messages, which a loop would otherwise block. */
  yieldToEvents(): Promise<void> {
    return new Promise((resolve) => { setImmediate(resolve) })
  }

  /** Sends the end of the run, and nothing more. A worker that has failed is not used again. */
  end(report: EngineEnd): void {
    this.#port.off('message', this.#listener)
    const isIdle = this.#isReusable && report.kind !== 'failed'
    this.#send({ ...report, ...(isIdle && { idle: true }), id: ++this.#lastId })
    if (!isIdle) this.#port.close()
  }

  #send(message: FromEngine): void {
    // Transferred, not copied: a snapshot of a large crossbar has megabytes.
    this.#port.postMessage(message, dataOf(message).map(({ data }) => data.buffer as ArrayBuffer))
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
        break
      // For the worker, not for this run.
      case 'run':
    }
    this.#wake()
  }
}

function dataOf(report: EngineReport): { data: Uint8Array }[] {
  if (report.kind === 'snapshot') return report.arrays
  return report.kind === 'checkpoint' ? report.parts : []
}
