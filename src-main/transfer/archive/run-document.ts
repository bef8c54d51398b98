import * as z from 'zod'
import { arrayInfoSchema, type EpochMetrics, epochMetricsSchema, type RunDetail, runDetailSchema, runSummarySchema } from '../../contract/run.ts'
import { elementTypes } from './archived-run.ts'
import type { Caps } from './caps.ts'
import { readJson } from './json.ts'
import { arrayEntry, type ManifestRun, runEntry } from './layout.ts'
import { numberToText, parseWithNumbers } from './number-text.ts'
import { type Place, refusal, schemaRefusal } from './refusal.ts'

/** An array as `run.json` names it, within the library's limits. */
const listedArraySchema = z.strictObject({
  epoch: z.int().min(0),
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  shape: z.array(z.int().min(0)).min(1).max(8),
  codec: arrayInfoSchema.shape.codec,
  /** Holds the elements, little-endian. */
  entry: z.string(),
})
export type ListedArray = z.output<typeof listedArraySchema>

const instant = z.iso.datetime()
const summarySchema = runSummarySchema.extend({
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
})

/** Its parts are parsed one by one, so that a run of bad epochs ends at the first. */
const partsSchema = z.strictObject({
  summary: z.unknown(),
  spec: z.unknown(),
  environment: z.unknown(),
  epochs: z.array(z.unknown()),
  arrays: z.array(z.unknown()),
})

export type RunDocument = Pick<RunDetail, 'summary' | 'spec' | 'environment' | 'epochs'> & { arrays: ListedArray[] }

/** `run.json` in UTF-8. Checkpoints stay behind, so the summary says that there is none. */
export function writeRunDocument({ summary, spec, environment, epochs, arrays }: RunDetail): Buffer {
  const document: RunDocument = {
    summary: { ...summary, checkpoint: null },
    spec,
    environment,
    epochs,
    arrays: arrays.map(({ epoch, kind, name, shape, codec }, number) =>
      ({ epoch, kind, name, shape, codec, entry: arrayEntry(summary.runId, number) })),
  }
  return Buffer.from(JSON.stringify(document, numberToText))
}

/**
 * `run.json` of a run that the manifest names.
 * @throws BadInput where it does not pass its schemas, or does not fit the run's other entries
 */
export function readRunDocument(bytes: Uint8Array, run: ManifestRun, file: string, caps: Caps): RunDocument {
  const place = { file, entry: runEntry(run.runId) }
  const parts = parse(partsSchema, readJson(bytes, place, caps), place, '')
  const document = {
    summary: parse(summarySchema, parts.summary, place, 'summary'),
    spec: parse(runDetailSchema.shape.spec, parts.spec, place, 'spec'),
    environment: parse(runDetailSchema.shape.environment, parts.environment, place, 'environment'),
    epochs: parts.epochs.map((epoch, index) => parse(epochMetricsSchema, epoch, place, `epochs.${index}`)),
    arrays: parts.arrays.map((array, index) => parse(listedArraySchema, array, place, `arrays.${index}`)),
  }
  const { runId } = document.summary
  if (runId !== run.runId) throw refusal(place, runId, run.runId, 'summary.runId')
  checkEpochs(document.epochs, place)
  checkArrays(document.arrays, run, place)
  return document
}

function parse<T>(schema: z.ZodType<T>, document: unknown, place: Place, within: string): T {
  const parsed = parseWithNumbers(schema, document)
  if (!parsed.success) throw schemaRefusal(place, parsed.error, document, within)
  return parsed.data
}

/** They are counted from 1. */
function checkEpochs(epochs: EpochMetrics[], place: Place): void {
  let last = 0
  for (const [index, { epoch }] of epochs.entries()) {
    if (epoch <= last) throw refusal(place, String(epoch), `more than ${last}`, `epochs.${index}.epoch`)
    last = epoch
  }
}

/** Each has an entry of its own and of its size, and every entry of the run is one's. */
function checkArrays(arrays: ListedArray[], { runId, entries }: ManifestRun, place: Place): void {
  const left = new Map(entries.map(({ name, bytes }) => [name, bytes]))
  left.delete(runEntry(runId))
  const seen = new Set<string>()
  for (const [index, { epoch, kind, name, shape, codec, entry }] of arrays.entries()) {
    const key = JSON.stringify([epoch, kind, name])
    if (seen.has(key)) throw refusal(place, `${key} twice`, 'one array of an epoch, kind and name', `arrays.${index}`)
    seen.add(key)
    const needed = shape.reduce((product, length) => product * length, elementTypes[codec].BYTES_PER_ELEMENT)
    const bytes = left.get(entry)
    if (bytes === undefined) throw refusal(place, 'an entry that the run does not have or that is another array\'s', 'its own', `arrays.${index}.entry`)
    if (bytes !== needed) throw refusal({ ...place, entry }, `${bytes} bytes`, `${needed}, as its shape says`)
    left.delete(entry)
  }
  for (const entry of left.keys()) throw refusal({ ...place, entry }, 'an entry that is no array of its run', 'only those it lists')
}
