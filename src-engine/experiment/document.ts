import { formatBytes } from '../format/sizes.ts'
import { MOST_NAMES, MOST_NUMBERS } from './bounds.ts'
import { JsonSize } from './json-size.ts'
import { checkSpec, type Parsed } from './parse.ts'
import type { Problem } from './problem.ts'

/** Far more than a spec needs: a larger file is something else. */
export const MOST_SPEC_BYTES = 10e6

const problem = (rule: string, found = ''): Problem => ({ path: '', rule, found })

const refused = (rule: string, found?: string): { ok: false; problems: Problem[] } =>
  ({ ok: false, problems: [problem(rule, found)] })

/** The problem with the size of a spec file; null if it is small enough. */
export const sizeProblem = (bytes: number): Problem | null => (bytes <= MOST_SPEC_BYTES
  ? null
  : problem(`must be at most ${formatBytes(MOST_SPEC_BYTES)}`, formatBytes(bytes)))

export type JsonDocument = { ok: true; document: unknown } | { ok: false; problems: Problem[] }

/** Twice the longest list, which is far more than any document has besides. JSON.parse takes half a second for them. */
const limits = { values: 2 * MOST_NUMBERS, entries: MOST_NUMBERS, names: MOST_NAMES }

/** Parses JSON text, with or without a byte order mark. Looks at its size and at the number of its values first. */
export function readJson(text: string): JsonDocument {
  const bytes = new TextEncoder().encode(text)
  const size = new JsonSize()
  size.add(bytes)
  const tooLarge = sizeProblem(bytes.length)
  const excess = size.excess(limits)
  if (tooLarge || excess) return { ok: false, problems: [tooLarge ?? { path: '', ...excess! }] }
  try {
    return { ok: true, document: JSON.parse(text.replace(/^\ufeff/, '')) }
  } catch (error) {
    return refused(`must be a JSON document. ${(error as SyntaxError).message}`)
  }
}

/** Reads a spec from JSON text: a spec itself, or one exported run. Else lists everything that is wrong with it. */
export function readSpec(text: string): Parsed {
  const json = readJson(text)
  const found = json.ok ? specIn(json.document) : json
  return found.ok ? checkSpec(found.document) : found
}

/** Format of the runs that src-main/transfer exports. */
const EXPORTED_RUNS = 'chalcogen-runs'

/** The spec of a document: of one exported run, or else the document itself, which is not validated. */
export function specIn(document: unknown): JsonDocument {
  if (!isGroup(document) || document.format !== EXPORTED_RUNS || !Array.isArray(document.runs)) return { ok: true, document }
  const runs: unknown[] = document.runs
  const [run] = runs
  if (runs.length === 1 && isGroup(run)) return { ok: true, document: run.spec }
  return refused('must have one experiment or one run', `${runs.length} exported runs`)
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
