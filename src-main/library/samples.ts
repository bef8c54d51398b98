import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import {
  areKept, keptNumbers, type KeptSamples, keptSamplesSchema, type SampleValues, type TaskSpec, withImportedNumbers,
} from '../../src-engine/experiment/task.ts'
import type { StoredOverview } from '../contract/run.ts'
import { bytesOf, pack, sha256Of, unpack } from './codec.ts'
import { LibraryError } from './error.ts'
import { read } from './operation.ts'
import type { PackedSamples } from './protocol.ts'

type Samples = SampleValues | KeptSamples

/** A document whose task may have samples, such as a spec. */
interface Document { task?: unknown }

/** Samples of a document that are not kept yet; null if it has none. */
function valuesIn({ task }: Document): SampleValues | null {
  const samples = samplesIn(task)
  return samples === null || areKept(samples) ? null : samples
}

function samplesIn(task: unknown): Samples | null {
  if (typeof task !== 'object' || task === null || !('samples' in task)) return null
  const { samples } = task
  if (samples instanceof Float64Array) return samples
  if (Array.isArray(samples)) return samples.length >= 2 && samples.every(Number.isFinite) ? samples as number[] : null
  const kept = keptSamplesSchema.safeParse(samples)
  return kept.success ? kept.data : null
}

/** The samples as they are kept. Equal samples have equal bytes: JSON has no −0, so 0 stands for it. */
const asKept = (values: SampleValues): Float64Array => Float64Array.from(values as ArrayLike<number>, (value) => value + 0)

/** A document with kept samples in place of its numbers. */
export function withKept<D extends Document>(document: D): D {
  const values = valuesIn(document)
  return values === null ? document : referring(document, { sha256: sha256Of(bytesOf(asKept(values))), count: values.length })
}

const referring = <D extends Document>(document: D, samples: KeptSamples): D =>
  ({ ...document, task: { ...document.task as object, samples } })

/** A document with kept samples in place of its numbers, and those numbers packed; null if it has none. */
export function withPacked<D extends Document>(document: D): { document: D; samples: PackedSamples | null } {
  const values = valuesIn(document)
  if (values === null) return { document, samples: null }
  const samples = packedOf(values)
  const { sha256, count } = samples
  return { document: referring(document, { sha256, count }), samples }
}

/** @throws LibraryError damaged if a run from outside refers to samples that did not come with it */
export function refuseMissingSamples(runId: string, spec: Document, samples: PackedSamples | null): void {
  const own = samplesIn(spec.task)
  if (own !== null && areKept(own) && own.sha256 !== samples?.sha256) {
    throw new LibraryError('damaged', `Run ${runId} refers to samples that the file does not have.`)
  }
}

function packedOf(values: SampleValues): PackedSamples {
  const { sha256, packing, data } = pack(asKept(values))
  return { sha256, count: values.length, packing, data }
}

const listText = (values: Float64Array) => `[${values.join(',')}]`

interface Row { count: number; packing: PackedSamples['packing']; data: Uint8Array }

/** Samples of signals. Equal ones are kept once, whatever runs, sweeps and presets refer to them. */
export class KeptSignals {
  readonly #db: Database
  /** What was kept for the documents of one request, which share their numbers. */
  readonly #kept = new Map<unknown, KeptSamples>()
  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Keeps the samples of a document. @returns the document that refers to them, and the key of what it refers to
   * @throws LibraryError no-samples if it refers to samples that the library does not have
   */
  keep<D extends Document>(document: D): { document: D; sha256: string | null } {
    const samples = samplesIn(document.task)
    if (samples === null) return { document, sha256: null }
    const kept = areKept(samples) ? this.#require(samples) : this.#kept.get(samples) ?? this.put(packedOf(samples))
    this.#kept.set(samples, kept)
    return { document: referring(document, kept), sha256: kept.sha256 }
  }

  put({ sha256, count, packing, data }: PackedSamples): KeptSamples {
    this.#db.prepare('INSERT INTO samples (sha256, count, packing, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(sha256, count, packing, data)
    return { sha256, count }
  }

  /** @throws LibraryError no-samples, damaged */
  read(sha256: string): Float64Array {
    const row = this.#row(sha256)
    if (row === undefined) throw noSamples()
    const values = unpack({ ...row, codec: 'f64', sha256 }, row.count)
    if (values === null) throw new LibraryError('damaged', `${describeSamples(sha256)} are damaged (wrong SHA-256). ${RESTORE}`)
    return values as Float64Array
  }

  /** As they are stored; null without a key. @throws LibraryError no-samples, damaged */
  packed(sha256: string | null): PackedSamples | null {
    if (sha256 === null) return null
    this.read(sha256)
    return { sha256, ...this.#row(sha256)! }
  }

  /** A run with its samples, so that it is complete in itself. */
  complete(run: StoredOverview): StoredOverview {
    const key = this.#db.prepare<[string], string | null>('SELECT samples FROM runs WHERE run_id = ?').pluck().get(run.summary.runId)
    if (key === undefined || key === null) return run
    const values = this.read(key)
    if (!('texts' in run)) return { ...run, spec: { ...run.spec, task: { ...run.spec.task, samples: values } as typeof run.spec.task } }
    const spec = this.#db.prepare(`SELECT json_set(?, '$.task.samples', json(?))`).pluck().get(run.texts.spec, listText(values)) as string
    return { ...run, texts: { ...run.texts, spec } }
  }

  /** A task with its numbers, as its law needs them. @throws LibraryError no-samples, damaged */
  completeTask(task: TaskSpec): TaskSpec {
    const kept = keptNumbers(task)
    return kept === null ? task : withImportedNumbers(task, this.read(kept.sha256))
  }

  /** Deletes samples that nothing refers to any more. */
  drop(): void {
    const unused = ['runs', 'sweeps', 'presets'].map((table) => `NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.samples = samples.sha256)`)
    this.#db.prepare(`DELETE FROM samples WHERE ${unused.join(' AND ')}`).run()
  }

  #require(kept: KeptSamples): KeptSamples {
    if (this.#row(kept.sha256)?.count !== kept.count) throw noSamples()
    return kept
  }

  #row(sha256: string): Row | undefined {
    return this.#db.prepare<[string], Row>('SELECT count, packing, data FROM samples WHERE sha256 = ?').get(sha256)
  }
}

export const describeSamples = (sha256: string) => `The samples ${sha256.slice(0, 8)}… of a signal`

const RESTORE = 'Restore a backup of the library, or choose the file of the signal again.'

const noSamples = () =>
  new LibraryError('no-samples', 'The library does not have the samples of the signal. Choose the file of the signal again.')

export const sampleOperations = {
  /** The samples of a signal, all columns. Rejects with `no-samples` or `damaged`. */
  samples: read([z.string()], ({ db }, sha256) => new KeptSignals(db).read(sha256), {
    transfer: (values) => [values.buffer as ArrayBuffer],
  }),
  /** The same as JSON. */
  samplesText: read([z.string()], ({ db }, sha256) => listText(new KeptSignals(db).read(sha256))),
}
