import type { GroupsOfList, OrderedRuns, RunRow } from './query.ts'
import type { RunSummary } from './run.ts'

/** Encodes an answer as one string for the bridge, and decodes it again. */
export interface TextForm<Value> {
  encode(value: Value): string
  decode(text: string): Value
}

const summaries: TextForm<RunSummary[]> = {
  encode: (runs) => JSON.stringify(runs.map(rowOf)),
  decode: (text) => (JSON.parse(text) as Row[]).map(summaryOf),
}

/**
 * Answers that cross the bridge as text. Electron copies objects property by property, which takes most of a second for ten
 * thousand runs. It copies a string as a whole.
 */
export const texts: {
  readonly 'runs.list': TextForm<RunSummary[]>
  readonly 'runs.summaries': TextForm<RunSummary[]>
  readonly 'runs.order': TextForm<OrderedRuns>
  readonly 'runs.groups': TextForm<GroupsOfList>
  readonly 'runs.cells': TextForm<RunRow[]>
} = {
  'runs.list': summaries,
  'runs.summaries': summaries,
  'runs.order': { encode: JSON.stringify, decode: (text) => JSON.parse(text) as OrderedRuns },
  'runs.groups': exact<GroupsOfList>(),
  'runs.cells': exact<RunRow[]>(),
}

/** A number or null. NaN, ±Infinity and −0 become strings, because JSON has no numbers for them. */
type Real = number | string | null

const plain = (value: number | null): Real =>
  (value === null || isReal(value) ? value : Object.is(value, -0) ? '-0' : String(value))

const real = (value: Real): number | null => (typeof value === 'string' ? Number(value) : value)

const isReal = (value: number) => Number.isFinite(value) && !Object.is(value, -0)

/** Any value of plain objects, for answers that are short. A number that JSON does not have is an object of its text. */
function exact<Value>(): TextForm<Value> {
  return {
    encode: (value) => JSON.stringify(value, (_, part: unknown) =>
      (typeof part === 'number' && !isReal(part) ? { number: plain(part) } : part)),
    decode: (text) => JSON.parse(text, (_, part: unknown) => (isNumberText(part) ? Number(part.number) : part)) as Value,
  }
}
const isNumberText = (part: unknown): part is { number: string } => typeof part === 'object' && part !== null && 'number' in part

type Row = ReturnType<typeof rowOf>

const rowOf = (run: RunSummary) => [
  run.runId, run.status, run.shelf, run.name, run.preset, run.scheme,
  run.seed, run.epochs, run.epochsDone, run.sequences, run.checkpoint,
  plain(run.loss), plain(run.lossLast20), plain(run.meanRateHz),
  run.ledger.set, run.ledger.reset, run.ledger.refresh, run.ledger.read,
  plain(run.secondsPerSequence), run.digest, run.createdAt, run.startedAt, run.endedAt, run.error,
  run.sweep?.sweepId ?? null, run.sweep?.arm ?? 0, run.outcome, run.reasons, run.secondsComputed, run.unreadable ?? null,
  run.annotation ?? null, run.unverified ?? null,
  run.task, Object.entries(run.metrics).map(([id, value]) => [id, plain(value)] as const),
] as const

function summaryOf(row: Row): RunSummary {
  const [
    runId, status, shelf, name, preset, scheme, seed, epochs, epochsDone, sequences, checkpoint,
    loss, lossLast20, meanRateHz, set, reset, refresh, read,
    secondsPerSequence, digest, createdAt, startedAt, endedAt, error, sweepId, arm, outcome, reasons, secondsComputed,
    unreadable, annotation, unverified, task, metrics,
  ] = row
  return {
    runId, status, shelf, name, preset, task, scheme, seed, epochs, epochsDone, sequences, checkpoint,
    loss: real(loss), lossLast20: real(lossLast20), meanRateHz: real(meanRateHz), outcome, reasons: [...reasons],
    metrics: Object.fromEntries(metrics.map(([id, value]) => [id, real(value)!])),
    ledger: { set, reset, refresh, read },
    secondsPerSequence: real(secondsPerSequence), digest, createdAt, startedAt, endedAt, secondsComputed, error,
    sweep: sweepId === null ? null : { sweepId, arm },
    ...(annotation !== null && { annotation }),
    ...(unverified !== null && { unverified }),
    ...(unreadable !== null && { unreadable }),
  }
}
