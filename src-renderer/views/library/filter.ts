import type { MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { lossOf, taskKinds } from '../../../src-engine/experiment/task.ts'
import { oneOf } from '../../../src-engine/experiment/problem.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { statusTitles } from '../../components/status.ts'
import { type RunSummary, secondsOf } from '../../stores/runs.ts'

interface Quantity {
  unit?: string
  of(run: RunSummary): number | null
}

const losses = distinct(taskKinds.map(({ minimises }) => minimises))
const metrics = distinct(taskKinds.flatMap(({ reports }) => [...reports]))

/** Values that a filter can compare, by name. A loss counts only where the task minimises it. */
const named: Readonly<Record<string, Quantity>> = {
  ...Object.fromEntries(losses.map(({ id, unit }) => {
    const of = (run: RunSummary) => (lossOf(run.task).id === id ? run.lossLast20 : null)
    return [id, { unit, of }]
  })),
  ...Object.fromEntries(metrics.map(({ id, unit }) => [id, { unit, of: (run: RunSummary) => run.metrics[id] ?? null }])),
  rate: { unit: 'Hz', of: (run) => run.meanRateHz },
  seed: { of: (run) => run.seed },
  epochs: { of: (run) => run.epochs },
  sets: { of: (run) => run.ledger.set },
  duration: { unit: 's', of: secondsOf },
}

/** These, and the loss of any task. */
const quantities: Readonly<Record<string, Quantity>> = { loss: { of: (run) => run.lossLast20 }, ...named }

function distinct<Kind extends MetricKind>(kinds: readonly Kind[]): Kind[] {
  return [...new Map(kinds.map((kind) => [kind.id, kind])).values()]
}

type NameOf = (run: RunSummary) => string
type Test = (run: RunSummary, nameOf: NameOf) => boolean

/** A part of a query: quoted text, a comparison, or a word. */
interface Part {
  kind: 'text' | 'comparison' | 'word'
  /** As typed, or the text inside the quotes. */
  text: string
}

export const filterExample = `${losses[0]!.id}<0.05 mixed`

const names = oneOf(Object.entries(named).map(([name, { unit }]) => (unit ? `${name} (${unit})` : name)))

/** What a filter can be. */
export const filterHint = `Type words, put text in quotes, or compare ${names} with a number. For example: ${filterExample}`

/**
 * Filter runs by words, quoted text and comparisons, all of which must match: `mse<0.05 seed=42 mixed "learning rate"`.
 * Returns all runs if a part of the query is not understood: see `filterProblem`.
 */
export function filterRuns(runs: readonly RunSummary[], query: string, nameOf: NameOf): readonly RunSummary[] {
  const tests = parseFilter(query)
  if (typeof tests === 'string' || tests.length === 0) return runs
  return runs.filter((run) => tests.every((test) => test(run, nameOf)))
}

/** Which part of a query is not understood, and what to type instead; null if everything is. */
export function filterProblem(query: string): string | null {
  const tests = parseFilter(query)
  return typeof tests === 'string' ? tests : null
}

/** The tests of a query, or the first problem. */
function parseFilter(query: string): Test[] | string {
  const parts = partsOf(query)
  const tests: Test[] = []
  for (const [index, part] of parts.entries()) {
    const test = part.kind === 'comparison' ? comparisonOf(part.text, parts[index - 1]) : textTestOf(part)
    if (typeof test === 'string') return test
    tests.push(test)
  }
  return tests
}

/** Quotes that are still open reach to the end of the query. */
const PARTS = /"([^"]*)"?|([^\s"<>=≤≥]*\s*[<>=≤≥]+\s*[^\s"<>=≤≥]*)|[^\s"<>=≤≥]+/g

const partsOf = (query: string) => [...query.toLowerCase().matchAll(PARTS)].flatMap(([all, quoted, comparison]): Part[] => {
  if (quoted !== undefined) return quoted === '' ? [] : [{ kind: 'text', text: quoted }]
  return [{ kind: comparison === undefined ? 'word' : 'comparison', text: all }]
})

const COMPARISON = /^(\S*?)\s*([<>=≤≥]+)\s*(\S*)$/

function comparisonOf(comparison: string, before: Part | undefined): Test | string {
  const [, name = '', sign = '', text = ''] = COMPARISON.exec(comparison)!
  const whole = before?.kind === 'word' ? `${before.text} ${name}` : name
  if (!Object.hasOwn(quantities, whole)) return unknownName(whole, Object.hasOwn(quantities, name), comparison)
  const compare = Object.hasOwn(signs, sign) ? signs[sign]! : null
  const limit = Number(text)
  if (compare === null || text === '' || Number.isNaN(limit)) return `Compare ${name} with one number, for example ${name}<10.`
  const { of } = quantities[whole]!
  return (run) => {
    const value = of(run)
    return value !== null && compare(value, limit)
  }
}

const signs: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '≤': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '≥': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
}

/** @param isKnownAlone whether only the word before the name is in the way */
function unknownName(name: string, isKnownAlone: boolean, comparison: string): string {
  const found = name === '' ? 'Nothing stands before the sign.' : `Runs have no value '${name}' to compare.`
  const order = isKnownAlone ? ` To search for a word too, type it after the comparison: ${comparison.replaceAll(/\s/g, '')} ${name.split(' ')[0]}.` : ''
  return `${found} Compare ${names}, or put text in quotes.${order}`
}

function textTestOf({ kind, text }: Part): Test | string {
  if (kind === 'word' && text.includes(':')) return withColon(text)
  return (run, nameOf) => textsOf(run).includes(text) || nameOf(run).toLowerCase().includes(text)
}

function withColon(text: string): string {
  const word = text.split(':').findLast((part) => part !== '')
  return `A filter has no colons: '${text}'. ${word ? `Type the word alone (${word}), or put` : 'Put'} the text in quotes.`
}

/** Searchable text by run. A changed run has a new summary object, so an entry never goes stale. */
const texts = new WeakMap<RunSummary, string>()

function textsOf(run: RunSummary): string {
  const { name, preset, scheme, status, seed, runId, sweep, outcome, reasons, unreadable } = run
  const parts = [
    name, preset, scheme, schemeTitle(scheme), status, statusTitles[status], outcome, ...reasons, seed, runId, sweep?.sweepId,
    ...(unreadable === undefined ? [] : ['unreadable', unreadable]),
  ]
  const text = texts.get(run) ?? parts.join('\n').toLowerCase()
  texts.set(run, text)
  return text
}
