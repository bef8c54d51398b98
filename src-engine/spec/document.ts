import { checkSpec, type Parsed } from './parse.ts'
import type { Problem } from './problem.ts'

/** A spec is a page of JSON; what is much larger is something else. */
export const MOST_SPEC_BYTES = 10e6

const MEGABYTE = 1e6

const refused = (found: string, allowed: string): { ok: false; problems: Problem[] } => ({ ok: false, problems: [{ path: '', found, allowed }] })

/** What is wrong with the size of a file of a spec; null where nothing is. */
export const sizeProblem = (bytes: number): Problem | null =>
  (bytes <= MOST_SPEC_BYTES ? null : refused(`a file of ${(bytes / MEGABYTE).toFixed(1)} MB`, `at most ${MOST_SPEC_BYTES / MEGABYTE} MB`).problems[0])

/** The spec in the JSON text of a spec, or of one run as it is exported; else everything that is wrong with it. */
export function readSpec(text: string): Parsed {
  try {
    return readDocument(JSON.parse(text))
  } catch (error) {
    return refused((error as SyntaxError).message, 'a JSON document')
  }
}

/** As src-main/transfer writes chosen runs. */
const EXPORTED_RUNS = 'chalcogen-runs'

function readDocument(document: unknown): Parsed {
  if (!isGroup(document) || document.format !== EXPORTED_RUNS || !Array.isArray(document.runs)) return checkSpec(document)
  const runs: unknown[] = document.runs
  const [run] = runs
  return runs.length === 1 && isGroup(run) ? checkSpec(run.spec) : refused(`${runs.length} exported runs`, 'one spec, or one run')
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
