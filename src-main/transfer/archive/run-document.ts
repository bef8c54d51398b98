import * as z from 'zod'
import { boundsProblem } from '../../../src-engine/experiment/bounds.ts'
import { upgradeSpec } from '../../../src-engine/experiment/parse.ts'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import {
  arrayInfoSchema, environmentSchema, type EpochMetrics, epochMetricsSchema, type RunSummary, runSummarySchema,
  type StoredOverview, textsSchema,
} from '../../contract/run.ts'
import { contradictionIn } from '../../library/contradictions.ts'
import { readTexts } from '../../library/library.ts'
import { type ArchivedHead, elementTypes } from './archived-run.ts'
import type { Caps } from './caps.ts'
import { readJson } from './json.ts'
import { arrayEntry, type ManifestRun, runEntry, specEntry } from './layout.ts'
import { numberToText, parseWithNumbers } from './number-text.ts'
import { upgradedEpoch, upgradedSummary } from './upgrade.ts'
import { type Place, refusal, schemaRefusal, shown } from './refusal.ts'

/** An array as `run.json` lists it, within the limits of the library. */
const listedArraySchema = z.strictObject({
  epoch: z.int().min(0),
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  shape: z.array(z.int().min(0)).min(1).max(8),
  codec: arrayInfoSchema.shape.codec,
  /** Name of the entry with the elements, little-endian. */
  entry: z.string(),
})
export type ListedArray = z.output<typeof listedArraySchema>

const instant = z.iso.datetime()
const summarySchema = runSummarySchema.extend({
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  // The library judges the run itself. A newer version may know other outcomes.
  outcome: runSummarySchema.shape.outcome.catch(null),
  reasons: runSummarySchema.shape.reasons.catch([]),
})

/** Not looked at yet. */
const list = z.custom<unknown[]>((value) => Array.isArray(value), 'must be a list')

/** Top level of the document. Its parts are parsed one by one, so that parsing stops at the first bad epoch. */
const partsSchema = z.strictObject({
  summary: z.unknown(),
  spec: z.unknown().optional(),
  environment: z.unknown().optional(),
  /** Spec and environment of a run that the program that wrote the archive could not read. A newer one may. */
  texts: textsSchema.optional(),
  epochs: list,
  arrays: list,
})

export type RunDocument = ArchivedHead & { epochs: EpochMetrics[]; arrays: ListedArray[] }

/**
 * Write `run.json` in UTF-8, in pieces that split no string. Checkpoints are not exported, so the summary has none.
 * @param epochs all epochs of the run, some at a time
 */
export async function* writeRunDocument(
  { summary, arrays, ...rest }: StoredOverview, epochs: AsyncIterable<EpochMetrics[]>,
): AsyncGenerator<Buffer> {
  const listed: ListedArray[] = arrays.map(({ epoch, kind, name, shape, codec }, number) =>
    ({ epoch, kind, name, shape, codec, entry: arrayEntry(summary.runId, number) }))
  const before = json({ summary: { ...summary, checkpoint: null, unreadable: undefined, unverified: undefined }, ...rest })
  yield Buffer.from(`${before.slice(0, -1)},"epochs":[`)
  let separator = ''
  for await (const some of epochs) {
    yield Buffer.from(separator + json(some).slice(1, -1))
    separator = ','
  }
  yield Buffer.from(`],"arrays":${json(listed)}}`)
}

const json = (value: unknown) => JSON.stringify(value, numberToText)

/**
 * Read `run.json` of a run that the manifest lists.
 * @param version of the archive
 * @throws BadInput if it violates its schemas or does not match the run's other entries
 */
export function readRunDocument(bytes: Uint8Array, run: ManifestRun, version: number, file: string, caps: Caps): RunDocument {
  const place = { file, entry: runEntry(run.runId) }
  const json = readJson(bytes, place, caps)
  const read = partsSchema.safeParse(json)
  if (!read.success) throw schemaRefusal(place, read.error, json, '')
  const parts = read.data
  const document = {
    ...headOf(parse(summarySchema, upgradedSummary(parts.summary, parts.spec, version), place, 'summary'), parts),
    epochs: parts.epochs.map((epoch, index) => parse(epochMetricsSchema, upgradedEpoch(epoch, version), place, `epochs.${index}`)),
    arrays: parts.arrays.map((array, index) => parse(listedArraySchema, array, place, `arrays.${index}`)),
  }
  const { runId } = document.summary
  if (runId !== run.runId) throw refusal(place, `must be ${run.runId}`, runId, 'summary.runId')
  checkEpochs(document.epochs, place)
  checkArrays(document.arrays, run, place)
  const contradiction = 'texts' in document ? null : contradictionIn(document)
  if (contradiction) throw refusal(place, contradiction.rule, contradiction.found, contradiction.path)
  return document
}

/**
 * What the run is. A spec of another version, or a damaged one, does not keep the run from being imported: it stays as a text, which a
 * newer program may read.
 */
function headOf(summary: RunSummary, { spec, environment, texts }: z.output<typeof partsSchema>): ArchivedHead {
  const kept = texts ?? { spec: JSON.stringify(spec ?? null), environment: JSON.stringify(environment ?? null) }
  const read = readTexts(summary.runId, kept)
  if (!('unreadable' in read)) return { summary, ...read }
  return numbersOf(summary, spec, environment) ?? { summary: { ...summary, ...read }, texts: kept }
}

/** A run whose spec has numbers that JSON has not, such as −0; null if it is not readable even so. */
function numbersOf(summary: RunSummary, document: unknown, ofEnvironment: unknown): ArchivedHead | null {
  const upgraded = upgradeSpec(document)
  const spec = upgraded.ok ? parseWithNumbers(specSchema, upgraded.document) : null
  const environment = environmentSchema.safeParse(ofEnvironment)
  return spec?.success && environment.success ? { summary, spec: spec.data, environment: environment.data } : null
}

function parse<T>(schema: z.ZodType<T>, document: unknown, place: Place, within: string): T {
  const excess = boundsProblem(document)
  if (excess) throw refusal(place, excess.rule, excess.found, [within, excess.path].filter(Boolean).join('.'))
  const parsed = parseWithNumbers(schema, document)
  if (!parsed.success) throw schemaRefusal(place, parsed.error, document, within)
  return parsed.data
}

/** Epochs count from 1 and must increase. */
function checkEpochs(epochs: EpochMetrics[], place: Place): void {
  let last = 0
  for (const [index, { epoch }] of epochs.entries()) {
    if (epoch <= last) throw refusal(place, `must be above ${last}`, String(epoch), `epochs.${index}.epoch`)
    last = epoch
  }
}

/** Each array must have its own entry of the right size, and each entry must belong to an array. */
function checkArrays(arrays: ListedArray[], { runId, entries }: ManifestRun, place: Place): void {
  const left = new Map(entries.map(({ name, bytes }) => [name, bytes]))
  left.delete(runEntry(runId))
  left.delete(specEntry(runId))
  const seen = new Set<string>()
  for (const [index, { epoch, kind, name, shape, codec, entry }] of arrays.entries()) {
    const key = JSON.stringify([epoch, kind, name])
    if (seen.has(key)) throw refusal(place, 'must have an epoch, kind and name of its own', `${key} twice`, `arrays.${index}`)
    seen.add(key)
    const needed = shape.reduce((product, length) => product * length, elementTypes[codec].BYTES_PER_ELEMENT)
    const bytes = left.get(entry)
    if (bytes === undefined) throw refusal(place, 'must be an entry of the run that no other array uses', shown(entry), `arrays.${index}.entry`)
    if (bytes !== needed) throw refusal({ ...place, entry }, `must have ${needed} bytes for its shape`, `${bytes} bytes`)
    left.delete(entry)
  }
  for (const entry of left.keys()) throw refusal({ ...place, entry }, 'is not listed as an array of its run')
}
