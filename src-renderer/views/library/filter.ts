import { oneOf } from '../../../src-engine/spec/problem.ts'
import { schemeTitle } from '../../components/schemes.ts'
import { statusTitles } from '../../components/status.ts'
import type { RunSummary } from '../../stores/runs.ts'

/** Values that a filter can compare, by name. */
const numbers: Readonly<Record<string, (run: RunSummary) => number | null>> = {
  mse: (run) => run.mseLast20,
  rate: (run) => run.meanRateHz,
  seed: (run) => run.seed,
  epochs: (run) => run.epochs,
  sets: (run) => run.ledger.set,
}

type NameOf = (run: RunSummary) => string

const COMPARISON = /^([a-z]+)(<=|>=|<|>|=)([-+.\de]+)$/

/** Filter runs by words and comparisons, all of which must match: `mixed mse<0.05 seed=42`. */
export function filterRuns(runs: readonly RunSummary[], query: string, nameOf: NameOf): readonly RunSummary[] {
  const tests = query.toLowerCase().replace(/\s*(<=|>=|<|>|=)\s*/g, '$1').split(/\s+/).filter(Boolean).map((term) => testOf(term, nameOf))
  return tests.length === 0 ? runs : runs.filter((run) => tests.every((test) => test(run)))
}

export const filterExample = 'mixed mse<0.05'

/** What a filter can be. */
export const filterHint = `Type words, or compare ${oneOf(Object.keys(numbers))}. For example: ${filterExample}`

function testOf(term: string, nameOf: NameOf): (run: RunSummary) => boolean {
  const [, name, sign, text] = COMPARISON.exec(term) ?? []
  const limit = Number(text)
  if (!name || !Object.hasOwn(numbers, name) || Number.isNaN(limit)) {
    return (run) => textsOf(run).includes(term) || nameOf(run).toLowerCase().includes(term)
  }
  return (run) => compare(numbers[name](run), sign, limit)
}

function compare(value: number | null, sign: string, limit: number): boolean {
  if (value === null) return false
  switch (sign) {
    case '<': return value < limit
    case '<=': return value <= limit
    case '>': return value > limit
    case '>=': return value >= limit
    default: return value === limit
  }
}

/** Searchable text by run. A changed run has a new summary object, so an entry never goes stale. */
const texts = new WeakMap<RunSummary, string>()

function textsOf(run: RunSummary): string {
  const { name, preset, scheme, status, seed, runId, sweep } = run
  const parts = [name, preset, scheme, schemeTitle(scheme), status, statusTitles[status], seed, runId, sweep?.sweepId]
  const text = texts.get(run) ?? parts.join('\n').toLowerCase()
  texts.set(run, text)
  return text
}
