import type { Transferable } from 'node:worker_threads'
import type { LibraryTask, LibraryWork } from '../contract/library.ts'
import type { RunOverview } from '../contract/run.ts'
import { Arrays } from './arrays.ts'
import { backUp } from './backup.ts'
import { Checkpoints } from './checkpoints.ts'
import { compact } from './compact.ts'
import type { Connection } from './connection.ts'
import { Epochs } from './epochs.ts'
import { LibraryError } from './error.ts'
import { importLibrary } from './import-library.ts'
import { importRun } from './imports.ts'
import { yieldToEvents, LongTask } from './long-task.ts'
import { Outcomes } from './outcomes.ts'
import { Presets } from './presets.ts'
import type { Imported, Op, Request } from './protocol.ts'
import { Queue } from './queue.ts'
import { repair } from './repair.ts'
import { Runs } from './runs.ts'
import { Settings } from './settings.ts'
import { Sweeps } from './sweeps.ts'
import { readTimings } from './timings.ts'
import { inOneView, inTransaction } from './transaction.ts'
import { usageOf } from './usage.ts'

interface Reply {
  value: unknown
  /** Buffers to transfer instead of copy. */
  transfer?: Transferable[]
}

export interface ServiceOptions extends Connection {
  file: string
  nativeBinding?: string
  onWork(work: LibraryWork): void
}

/** Requests that a read-only library can answer. */
const reading = new Set<Op>([
  'checkpoint', 'list', 'overview', 'epochs', 'array', 'changedElsewhere', 'settings', 'usage', 'presets', 'outlines', 'epochColumns', 'sweeps', 'sweep', 'losses',
  'timings', 'findUnreadable', 'cancel', 'close', 'closeWhole',
])

/** Requests that read more than once. Other programs may write in between, so they read one state of the library. */
const ofOneState = new Set<Op>(['checkpoint', 'list', 'overview', 'epochs', 'outlines', 'epochColumns', 'losses', 'sweeps', 'timings', 'usage'])

/** Answers the requests of the protocol from one connection. Other requests are answered during a long one. */
export class Service {
  readonly #options: ServiceOptions
  readonly #db: Connection['db']
  readonly #runs: Runs
  readonly #epochs: Epochs
  readonly #outcomes: Outcomes
  readonly #arrays: Arrays
  readonly #checkpoints: Checkpoints
  readonly #settings: Settings
  readonly #queue: Queue
  readonly #sweeps: Sweeps
  readonly #presets: Presets
  #long: LongTask | null = null
  #dataVersion: number

  constructor(options: ServiceOptions) {
    const { db } = options
    this.#options = options
    this.#db = db
    this.#runs = new Runs(db)
    this.#epochs = new Epochs(db)
    this.#outcomes = new Outcomes(db)
    this.#arrays = new Arrays(db)
    this.#checkpoints = new Checkpoints(db)
    this.#settings = new Settings(db)
    this.#queue = new Queue(db)
    this.#sweeps = new Sweeps(db)
    this.#presets = new Presets(db)
    this.#dataVersion = this.#readDataVersion()
  }

  answer(request: Request): Reply | Promise<Reply> {
    const { readOnly } = this.#options
    if (readOnly !== null && !reading.has(request.op)) {
      if (request.op === 'interruptUnfinished') return { value: 0 }
      if (request.op === 'adoptQueued') return { value: [] }
      throw new LibraryError('read-only', readOnly)
    }
    return ofOneState.has(request.op) ? inOneView(this.#db, () => this.#answer(request)) : this.#answer(request)
  }

  #answer(request: Request): Reply | Promise<Reply> {
    const { file, nativeBinding } = this.#options
    switch (request.op) {
      case 'createRuns': return { value: this.#create(request) }
      case 'requeue': return { value: this.#runs.requeue(request.runIds, request.queuedAt, request.first) }
      case 'orderQueue': return { value: this.#queue.order(request.runIds) }
      case 'prioritise': return { value: this.#queue.prioritise(request.runIds, request.priority) }
      case 'sweeps': return { value: this.#sweeps.list() }
      case 'sweep': return { value: this.#sweeps.get(request.sweepId) }
      case 'losses': return { value: this.#sweeps.losses(request.sweepId, request.epoch) }
      case 'endRound': return { value: this.#sweeps.endRound(request.sweepId, request.end, this.#runs) }
      case 'timings': return { value: readTimings(this.#db, request.most) }
      case 'adoptQueued': return { value: this.#runs.adoptQueued() }
      case 'release': return { value: this.#runs.release(request.runIds) }
      case 'markRunning': return { value: this.#runs.markRunning(request.runId, request.startedAt, request.environment) }
      case 'finishRuns': return { value: this.#finish(request) }
      case 'outlines': return { value: this.#runs.outlines(request.runIds) }
      case 'epochColumns': return this.#epochColumns(request.runIds)
      case 'judgeOutcomes': return { value: this.#outcomes.judgeNext(request.after) }
      case 'findUnreadable': return { value: this.#runs.findUnreadable() }
      case 'interruptUnfinished': return { value: this.#runs.interruptUnfinished() }
      case 'shelve': return { value: this.#runs.shelve(request.runIds, request.shelf) }
      case 'deleteRuns': return { value: this.#runs.delete(request.runIds) }
      case 'importRun': return { value: importRun(this.#db, request.run) }
      case 'importLibrary': return this.#longTask('import', 'runs', (task) => this.#importLibrary(request.file, task))
      case 'appendEpochs':
        this.#runs.require(request.runId)
        return { value: this.#epochs.append(request.runId, request.epochs, request.secondsComputed) }
      case 'putArrays':
        this.#runs.require(request.runId)
        return { value: this.#arrays.put(request.runId, request.epoch, request.arrays, request.supersedes) }
      case 'putCheckpoint':
        this.#runs.require(request.runId)
        return { value: this.#checkpoints.put(request.runId, request.sequences, request.parts) }
      case 'checkpoint': return this.#checkpoint(request.runId)
      case 'list': return { value: this.#runs.page(request) }
      case 'overview': return { value: this.#overview(request.runId) }
      case 'epochs':
        this.#runs.require(request.runId)
        return { value: this.#epochs.page(request.runId, request.after, request.most) }
      case 'array': return this.#array(request)
      case 'changedElsewhere': return { value: this.#changedElsewhere() }
      case 'settings': return { value: this.#settings.all() }
      case 'configure': return { value: this.#settings.change(request.settings) }
      case 'usage': return { value: usageOf(this.#db, file) }
      case 'presets': return { value: this.#presets.all() }
      case 'savePreset': return { value: this.#presets.save(request.preset) }
      case 'deletePreset': return { value: this.#presets.delete(request.presetId) }
      case 'repair': return { value: repair(this.#db, file, request.faults, nativeBinding) }
      case 'backUp': return this.#longTask('backup', 'bytes', (task) => backUp(file, request.reason, task, nativeBinding))
      case 'compact': return this.#longTask('compact', 'bytes', (task) => compact(this.#db, task))
      case 'cancel': return { value: this.#long?.cancel() }
      case 'closeWhole': return this.#closeWhole()
      case 'close': return this.#close()
    }
  }

  #create({ runs, sweep }: Extract<Request, { op: 'createRuns' }>): void {
    inTransaction(this.#db, () => {
      if (sweep) this.#sweeps.create(sweep)
      this.#runs.create(runs)
    })
  }

  #finish({ runIds, end }: Extract<Request, { op: 'finishRuns' }>): void {
    inTransaction(this.#db, () => {
      for (const runId of runIds) {
        this.#runs.finish(runId, end)
        if (end.status !== 'done') continue
        this.#checkpoints.dropAll(runId)
        this.#outcomes.judge(runId)
      }
    })
  }

  #overview(runId: string): RunOverview {
    return { ...this.#runs.get(runId), arrays: this.#arrays.of(runId) }
  }

  #epochColumns(runIds: readonly string[]): Reply {
    const columns = runIds.map((runId) => {
      this.#runs.require(runId)
      return this.#epochs.columnsOf(runId)
    })
    return { value: columns, transfer: columns.flatMap((run) => Object.values(run).map(({ buffer }) => buffer)) }
  }

  #array({ runId, epoch, kind, name }: Extract<Request, { op: 'array' }>): Reply {
    const read = this.#arrays.read(runId, epoch, kind, name)
    return { value: read, transfer: [read.data.buffer as ArrayBuffer] }
  }

  #checkpoint(runId: string): Reply {
    this.#runs.require(runId)
    const newest = this.#checkpoints.newest(runId)
    return { value: newest, transfer: Object.values(newest?.state ?? {}).map(({ buffer }) => buffer as ArrayBuffer) }
  }

  async #importLibrary(file: string, task: LongTask): Promise<Imported> {
    const counts: Imported = { imported: 0, present: 0 }
    await importLibrary(file, this.#options.file, (run) => { counts[importRun(this.#db, run) ? 'imported' : 'present']++ }, task, this.#options.nativeBinding)
    return counts
  }

  /** Runs a long task. Only one may run at a time. */
  async #longTask(name: LibraryTask, unit: LibraryWork['unit'], work: (task: LongTask) => Promise<unknown>): Promise<Reply> {
    if (this.#long) throw new LibraryError('busy', 'Another library task is running. Wait for it to finish, or cancel it.')
    const task = new LongTask(name, unit, this.#options.onWork)
    this.#long = task
    try {
      return { value: await work(task) }
    } finally {
      this.#long = null
      task.end()
    }
  }

  /** Whether another connection has written since the last call. */
  #changedElsewhere(): boolean {
    const before = this.#dataVersion
    this.#dataVersion = this.#readDataVersion()
    return this.#dataVersion !== before
  }

  #readDataVersion(): number {
    return this.#db.pragma('data_version', { simple: true }) as number
  }

  async #closeWhole(): Promise<Reply> {
    await this.#endLongTask()
    // SQLite refuses this if another connection has the file open.
    if (this.#options.readOnly === null) this.#db.pragma('journal_mode = DELETE')
    return { value: this.#options.close() }
  }

  async #close(): Promise<Reply> {
    await this.#endLongTask()
    return { value: this.#options.close() }
  }

  async #endLongTask(): Promise<void> {
    this.#long?.cancel()
    while (this.#long) await yieldToEvents()
  }
}
