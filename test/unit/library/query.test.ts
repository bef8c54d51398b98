import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { nameOf, queryNames } from '../../../src-engine/query/names.ts'
import { parseQuery } from '../../../src-engine/query/parse.ts'
import { type Operator, printQuery, type Query, type QueryValue } from '../../../src-engine/query/tree.ts'
import { kinds } from '../../../src-engine/query/value.ts'
import { ParameterIndex } from '../../../src-main/library/query/parameter-index.ts'
import { RunQueries } from '../../../src-main/library/query/run-queries.ts'
import { evaluate } from '../../fixtures/evaluate-query.ts'
import { rightQueries, wrongQueries } from '../../fixtures/queries.ts'
import { fillQueryLibrary, knownRuns, presetTitles, RUNS } from '../../fixtures/query-library.ts'
import { memoryLibrary } from './support.ts'

const db = memoryLibrary()
beforeAll(() => fillQueryLibrary(db))

const place = { from: 0, length: 0 }

/** Texts that runs have, that they nearly have, and that SQL could take for its own. */
const someText = fc.oneof(
  fc.constantFrom('first', 'Über', 'über', 'e', 'mixed', 'paper', 'PAPER 2', 'spikes', 'finished', '0query', 'naïve'),
  fc.constantFrom('a_b%', '%', '_', `'; DROP TABLE runs; --`, '"', '\\', '*'),
  fc.string({ minLength: 1, maxLength: 3 }),
)
const someNumber = fc.oneof(
  fc.constantFrom(0, 1, 3, 1e-4, 1e-5, 3 / 128, 6 / 128, 4, 7, 10, 100, 1200, -1),
  // + 0 makes 0 of −0, which a query cannot tell from it.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
)
/** The time of a run, or the hour, the day or the month that it is in. */
const someTime = fc.record({ run: fc.constantFrom(...knownRuns), count: fc.constantFrom(1, 2, 3, 5, 6, 7), utc: fc.boolean() })
  .map(({ run, count, utc }) => ({ utc, parts: (run.started ?? run.created).split(/\D/).slice(0, count).map(Number) }))

function valueFor({ kind, choices }: QueryName): fc.Arbitrary<QueryValue> {
  const identifiers = Object.keys(choices)
  switch (kind) {
    case 'number': return someNumber.map((number) => ({ kind, number }))
    case 'flag': return fc.boolean().map((flag) => ({ kind, flag }))
    case 'time': return someTime.map((time) => ({ kind, time }))
    default: return (identifiers.length > 0 ? fc.constantFrom(...identifiers) : someText).map((text) => ({ kind: 'text', text }))
  }
}

/** The number of a replicate is that of the library. */
const asked = [
  ...queryNames().filter(({ name }) => name !== 'replicate'),
  ...['loss.mean2', 'mse.mean2', 'loss.epoch2', 'mse.epoch3', 'rate.mean2', 'rate.epoch1'].map((text) => nameOf(text)!),
]
const comparison: fc.Arbitrary<Query> = fc.constantFrom(...asked).chain((name) => fc.record({
  kind: fc.constant('comparison' as const), name: fc.constant(name.name), operator: fc.constantFrom<Operator>(...kinds[name.kind].operators),
  value: valueFor(name), from: fc.constant(0), length: fc.constant(0),
}))

const { tree } = fc.letrec<{ tree: Query }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    someText.map((text): Query => ({ kind: 'text', text, ...place })),
    tie('tree').map((part): Query => ({ kind: 'not', part, ...place })),
    fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 2, maxLength: 4 }))
      .map(([kind, parts]): Query => ({ kind, parts, ...place })),
  ),
}))

function withoutPlaces(query: Query): Query {
  if (query.kind === 'and' || query.kind === 'or') return { ...query, parts: query.parts.map(withoutPlaces), ...place }
  return query.kind === 'not' ? { ...query, part: withoutPlaces(query.part), ...place } : { ...query, ...place }
}

describe('a random query', () => {
  it('is the same tree after it is printed and parsed', () => {
    fc.assert(fc.property(tree, (query) => {
      const parsed = parseQuery(printQuery(query))
      expect(parsed).toMatchObject({ ok: true })
      if (parsed.ok) expect(withoutPlaces(parsed.query!)).toEqual(query)
    }), { numRuns: 400 })
  })

  it('finds in SQL the runs for which it is true without', () => {
    const queries = new RunQueries(db, presetTitles)
    fc.assert(fc.property(tree, (query) => {
      const found = queries.find({ query: printQuery(query), shelf: 'library' })
      const expected = knownRuns.filter((run) => evaluate(query, run)).map(({ runId }) => runId).reverse()
      expect(found).toEqual({ ok: true, notIndexed: 0, total: expected.length, runIds: expected })
      expect(queries.count({ query: printQuery(query), shelf: null })).toMatchObject({ total: expected.length })
    }), { numRuns: 300 })
  })
})

const isTextOrNull = (value: unknown) => value === null || typeof value === 'string'

describe('the query', () => {
  const queries = new RunQueries(db, presetTitles)

  it.each(rightQueries)('%s finds what it says', (query, finds) => {
    const expected = knownRuns.filter(finds).map(({ runId }) => runId)
    expect(queries.find({ query, shelf: null })).toMatchObject({ ok: true, runIds: expected.toReversed() })
    // So that the query tells runs apart.
    if (query !== '') expect([0, RUNS]).not.toContain(expected.length)
  })

  it.each(wrongQueries)('%s is refused', (query, marked, message) => {
    const from = marked === '' ? query.length : expect.any(Number)
    const error = { from, length: marked.length, message, suggestion: expect.toSatisfy(isTextOrNull) }
    for (const answer of [queries.find({ query, shelf: null }), queries.count({ query, shelf: null })]) {
      expect(answer).toEqual({ ok: false, error })
      if (!answer.ok) expect(query.slice(answer.error.from, answer.error.from + marked.length)).toBe(marked)
    }
  })
})

describe('runs that are not indexed', () => {
  it('are counted, and no query is true of their parameters', () => {
    const other = memoryLibrary()
    fillQueryLibrary(other)
    other.prepare('UPDATE runs SET replicate_id = NULL WHERE seed = 1').run()
    const count = (query: string) => new RunQueries(other, presetTitles).count({ query, shelf: null })
    expect(count('seed = 1')).toEqual({ ok: true, total: 6, notIndexed: 6 })
    expect(count('seed = 1 device.scale >= 0 µS')).toMatchObject({ total: 0 })
    expect(count('seed = 1 not device.scale >= 0 µS')).toMatchObject({ total: 6 })
    while (!new ParameterIndex(other).indexNext().done);
    expect(count('seed = 1 device.scale >= 0 µS')).toEqual({ ok: true, total: 6, notIndexed: 0 })
  })

  it('are indexed again by a version with other parameters', () => {
    const other = memoryLibrary()
    fillQueryLibrary(other)
    other.prepare(`UPDATE parameter_names SET name = 'network.former' WHERE name = 'device.scale'`).run()
    const count = () => new RunQueries(other, presetTitles).count({ query: 'device.scale >= 0 µS', shelf: null })
    expect(count()).toMatchObject({ total: 0, notIndexed: RUNS })
    while (!new ParameterIndex(other).indexNext().done);
    expect(count()).toEqual({ ok: true, total: RUNS - 1, notIndexed: 0 })
  })
})
