import type { Database } from 'better-sqlite3'
import type { Transferable } from 'node:worker_threads'
import type { RunDetail } from '../contract/run.ts'
import { Arrays } from './arrays.ts'
import { Epochs } from './epochs.ts'
import type { Request } from './protocol.ts'
import { Runs } from './runs.ts'

interface Reply {
  value: unknown
  /** Handed over instead of copied. */
  transfer?: Transferable[]
}

/** Answers the requests of the protocol from one connection. */
export class Service {
  readonly #db: Database
  readonly #runs: Runs
  readonly #epochs: Epochs
  readonly #arrays: Arrays

  constructor(db: Database) {
    this.#db = db
    this.#runs = new Runs(db)
    this.#epochs = new Epochs(db)
    this.#arrays = new Arrays(db)
  }

  answer(request: Request): Reply {
    switch (request.op) {
      case 'createRun': return { value: this.#runs.create(request.run) }
      case 'markRunning': return { value: this.#runs.markRunning(request.runId, request.startedAt) }
      case 'finishRun': return { value: this.#runs.finish(request.runId, request.end) }
      case 'interruptUnfinished': return { value: this.#runs.interruptUnfinished() }
      case 'appendEpoch':
        this.#runs.require(request.runId)
        return { value: this.#epochs.append(request.runId, request.metrics) }
      case 'putArrays':
        this.#runs.require(request.runId)
        return { value: this.#arrays.put(request.runId, request.epoch, request.arrays) }
      case 'list': return { value: this.#runs.list() }
      case 'get': return { value: this.#get(request.runId) }
      case 'array': return this.#array(request)
      case 'close': return { value: this.#db.close() }
    }
  }

  #get(runId: string): RunDetail {
    return { ...this.#runs.get(runId), epochs: this.#epochs.of(runId), arrays: this.#arrays.of(runId) }
  }

  #array({ runId, epoch, kind, name }: Extract<Request, { op: 'array' }>): Reply {
    const read = this.#arrays.read(runId, epoch, kind, name)
    return { value: read, transfer: [read.data.buffer as ArrayBuffer] }
  }
}
