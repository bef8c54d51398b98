import { withNamedEpochLoss, withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { withoutImportedNumbers } from '../../src-engine/experiment/task.ts'
import type { StoredOverview } from '../contract/run.ts'
import type { RunSource } from './run-source.ts'

export const JSON_FORMAT = 'chalcogen-runs'
export const JSON_VERSION = 2

/**
 * Runs as one JSON document `{ format, version, runs }`, each run as the library returns it, in pieces.
 * Losses are also there under the name of the loss (`mse`, `mseLast20`, `patternMse`), as in version 1.
 * JSON has no NaN, infinities or −0, so these are the strings "NaN", "Infinity", "-Infinity" and "-0".
 * All other numbers read back to the same bits.
 * A run whose spec or environment cannot be read has both as texts, under `texts`.
 * @param onRun receives the number of written runs after each run
 */
export async function* runsToJson(
  source: RunSource, runIds: readonly string[], onRun: (done: number) => void = () => {},
): AsyncGenerator<string> {
  yield `{\n  "format": ${text(JSON_FORMAT, 1)},\n  "version": ${text(JSON_VERSION, 1)},\n  "runs": [`
  for (const [index, runId] of runIds.entries()) {
    yield index === 0 ? '\n    ' : ',\n    '
    yield* runToJson(source, runId, 2)
    onRun(index + 1)
  }
  yield runIds.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}

/**
 * One run in pieces, as `JSON.stringify` would write it with an indent of 2.
 * @param level levels of the document around it
 * @param change receives what the library has of the run, and returns what is written
 */
export async function* runToJson(
  source: RunSource, runId: string, level = 0, change = (run: StoredOverview): StoredOverview => run,
): AsyncGenerator<string> {
  const { arrays, ...run } = change(await source.overview(runId))
  const line = lineAt(level + 1)
  const named = { ...run, summary: withNamedLoss(run.summary) }
  const parts = Object.entries(named).map(([name, value]) => `${line}"${name}": ${text(value, level + 1)},`)
  yield `{${parts.join('')}${line}"epochs": [`
  let isFirst = true
  for await (const epochs of source.epochs(runId)) {
    yield (isFirst ? '' : ',') + epochs.map((epoch) => `${lineAt(level + 2)}${text(withNamedEpochLoss(epoch, run.summary.task), level + 2)}`).join(',')
    isFirst = false
  }
  yield `${isFirst ? '' : line}],${line}"arrays": ${text(arrays, level + 1)}${lineAt(level)}}`
}

/** A run without the numbers that its task copied from a file: a text says how many there are, and how they are shown. */
export function withoutSamples(run: StoredOverview): StoredOverview {
  if ('texts' in run) return run
  return { ...run, spec: { ...run.spec, task: withoutImportedNumbers(run.spec.task, (count) => `${count} numbers. Show them with --samples`) } }
}

const lineAt = (level: number) => `\n${'  '.repeat(level)}`

/** A value inside a document. Strings contain no line breaks in JSON, so each break begins a line. */
const text = (value: unknown, level: number) =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'number' ? numberToJson(part) : asList(part)), 2).replaceAll('\n', lineAt(level))

/** JSON has lists only. */
export const asList = (value: unknown): unknown => (value instanceof Float64Array ? Array.from(value) : value)

function numberToJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}
