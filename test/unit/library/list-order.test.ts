import type { Database } from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ListedGroups, RunOrder } from '../../../src-main/contract/query.ts'
import { listedRuns } from '../../../src-main/library/query/list-order.ts'
import { naturalOrder } from '../../../src-main/library/query/natural-order.ts'
import { requireName } from '../../../src-main/library/query/name-sql.ts'
import { Binder } from '../../../src-main/library/query/binder.ts'
import { RunQueries } from '../../../src-main/library/query/run-queries.ts'
import { fillQueryLibrary, knownRuns, presetTitles, RUNS } from '../../fixtures/query-library.ts'
import { memoryLibrary } from './support.ts'

let db: Database
let queries: RunQueries
beforeAll(() => {
  db = memoryLibrary()
  fillQueryLibrary(db)
  queries = new RunQueries(db, presetTitles)
})

const whole = { query: '', shelf: null, groupBy: [], replicates: false }
function order(asked: Partial<RunOrder> = {}) {
  const answer = queries.order({ ...whole, sort: { name: 'created', descending: true }, ...asked })
  if (!answer.ok) throw new Error(answer.error.message)
  return { ...answer, ids: answer.runIds.split(' ') }
}
function groups(asked: Partial<ListedGroups>) {
  const answer = queries.groups({ ...whole, columns: [], keys: [], ...asked })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.groups
}
const byName = (name: string, descending = false) => order({ sort: { name, descending } }).ids
const known = (ids: readonly string[]) => ids.map((id) => knownRuns.find(({ runId }) => runId === id)!)
const newestFirst = knownRuns.map(({ runId }) => runId).reverse()

describe('the list', () => {
  it('has each run once, newest first', () => {
    expect(order()).toMatchObject({ ok: true, total: RUNS, notIndexed: 0, groups: [], ids: newestFirst })
    expect(byName('created')).toEqual(newestFirst.toReversed())
  })

  it.each(['loss', 'loss.last', 'rate', 'duration', 'arm'])('by %s has missing values and NaN last in both directions, newest first', (name) => {
    const valueOf = (runId: string) => {
      const [row] = queries.cells({ runIds: [runId], columns: [name] })
      const value = row!.cells[0]
      return typeof value === 'number' && !Number.isNaN(value) ? value : null
    }
    for (const descending of [false, true]) {
      const values = byName(name, descending).map(valueOf)
      const numbers = values.filter((value) => value !== null)
      expect(values.slice(numbers.length).every((value) => value === null)).toBe(true)
      expect(numbers).toEqual(numbers.toSorted((a, b) => (descending ? b - a : a - b)))
      const last = byName(name, descending).slice(numbers.length)
      expect(last).toEqual(newestFirst.filter((id) => last.includes(id)))
    }
  })

  it('has what needs attention first, schemes by their titles, and epochs by how many are done', () => {
    const distinct = (values: unknown[]) => [...new Set(values)]
    expect(distinct(known(byName('status')).map(({ status }) => status)))
      .toEqual(['running', 'queued', 'paused', 'interrupted', 'failed', 'stopped', 'done'])
    expect(distinct(known(byName('outcome')).map(({ outcome }) => outcome))).toEqual(['diverged', 'silent', 'untrained', 'learned', null])
    expect(distinct(known(byName('scheme')).map(({ listed: { scheme } }) => scheme)).slice(0, 2)).toEqual(['accumulator', 'fp32'])
    expect(distinct(known(byName('epochs')).map(({ epochsDone }) => epochsDone))).toEqual([0, 1, 2, 3])
  })

  it('sorts names as people read them, and runs without one by their preset', () => {
    const nameOf = ({ annotation, listed: { name, preset }, runId }: (typeof knownRuns)[number]) =>
      ((annotation.name ?? name) || presetTitles[preset as keyof typeof presetTitles] || preset || runId)
        .toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
    const names = known(byName('name')).map(nameOf)
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    expect(names).toContain('mine, über alles')
  })

  it('puts a run that a wrong clock has dated to the future last, in both directions', () => {
    const now = Date.parse(knownRuns.at(-2)!.created)
    const idsOf = (descending: boolean) =>
      listedRuns(db, { binder: new Binder(), where: '1', presetTitles: new Map() }, { name: 'created', descending }, [], now).map(([runId]) => runId)
    const [last, ...others] = newestFirst
    expect([idsOf(true), idsOf(false)]).toEqual([[...others, last], [...others.toReversed(), last]])
  })

  it('tells the tasks and the largest values of the runs that it has', () => {
    expect(order()).toMatchObject({ largest: { seed: 10, epochs: 4 } })
    expect(order({ query: 'seed = 3' })).toMatchObject({ largest: { seed: 3 } })
    expect(order({ query: 'seed = 77' })).toMatchObject({ largest: { seed: 0, epochs: 0 }, tasks: [], runIds: '', total: 0 })
  })
})

describe('groups of the list', () => {
  it('are the runs of a value, in the order of the list, and have the same values as without the list', () => {
    const { ids, groups: told } = order({ groupBy: ['scheme', 'seed'], sort: { name: 'loss', descending: false } })
    expect(told.reduce((sum, { size }) => sum + size, 0)).toBe(RUNS)
    const columns = ['loss', 'status', 'seed']
    const listed = groups({ groupBy: ['scheme', 'seed'], columns, keys: told.map(({ key }) => key) })
    expect(listed.map(({ key }) => key)).toEqual(told.map(({ key }) => key))
    const asked = queries.query({
      query: '', shelf: null, groupBy: ['scheme', 'seed'], columns, sort: [{ name: 'loss', descending: false }], offset: 0, limit: 1000,
    })
    if (!asked.ok) throw new Error('refused')
    const place = byName('loss')
    told.forEach(({ from, size }, index) => {
      const own = ids.slice(from, from + size)
      expect(own).toEqual(own.toSorted((a, b) => place.indexOf(a) - place.indexOf(b)))
      const { keys, runIds, cells } = asked.groups.find(({ runIds }) => runIds.includes(own[0]!))!
      expect(listed[index]).toEqual({ key: told[index]!.key, keys, runs: runIds.length, cells })
      expect(new Set(own)).toEqual(new Set(runIds))
    })
    // Sorted by the mean, as the query says.
    expect(listed.map(({ keys }) => keys)).toEqual(asked.groups.map(({ keys }) => keys))
  })

  it('tell when the last of their runs was created', () => {
    const [group] = groups({ groupBy: ['scheme'], columns: ['created', 'started'], keys: ['["fp32"]'] })
    const own = knownRuns.filter(({ listed: { scheme } }) => scheme === 'fp32')
    expect(group!.cells[0]).toEqual({ kind: 'value', value: own.map(({ created }) => created).sort().at(-1), different: own.length })
    expect(group!.cells[1]).toMatchObject({ value: own.flatMap(({ started }) => started ?? []).sort().at(-1) })
  })

  it('that have no runs any more are left out', () => {
    expect(groups({ groupBy: ['scheme'], keys: ['["fp32"]', '["gone"]', '[null]'] }).map(({ keys }) => keys)).toEqual([['fp32']])
  })
})

describe('replicates', () => {
  const replicates = (sort: RunOrder['sort']) => {
    const { ids, groups } = order({ replicates: true, sort })
    return { ids, groups, runs: groups.map(({ from, size }) => ids.slice(from, from + size)) }
  }

  it('are together, where the first of them is in the list, and others are alone', () => {
    const { ids, runs } = replicates({ name: 'created', descending: true })
    expect(new Set(ids).size).toBe(RUNS)
    expect(runs.length).toBeGreaterThan(0)
    const firsts = ids.filter((id) => !runs.some(([, ...others]) => others.includes(id)))
    expect(firsts).toEqual(newestFirst.filter((id) => firsts.includes(id)))
    for (const [first, ...others] of runs) {
      const rest = ({ listed }: (typeof knownRuns)[number]) => ({ ...listed, seed: 0, name: '', preset: '' })
      expect(others.length).toBeGreaterThan(0)
      for (const other of known(others)) expect(rest(other)).toEqual(rest(known([first!])[0]!))
    }
  })

  it('are sorted by their mean', () => {
    const { groups: told } = replicates({ name: 'rate', descending: true })
    const listed = groups({ replicates: true, columns: ['rate'], keys: told.map(({ key }) => key) })
    const means = listed.map(({ cells: [cell] }) => (cell!.kind === 'number' && cell!.n > 0 ? cell!.mean : -Infinity))
    expect(means).toEqual(means.toSorted((a, b) => b - a))
  })

  it('are none among runs that cannot be read or are not indexed', () => {
    const other = memoryLibrary()
    fillQueryLibrary(other)
    const count = () => {
      const answer = new RunQueries(other, presetTitles).order({ ...whole, replicates: true, sort: { name: 'seed', descending: false } })
      return answer.ok ? answer.groups.length : -1
    }
    other.prepare('UPDATE runs SET replicate_id = NULL').run()
    expect(count()).toBe(0)
    other.prepare('UPDATE runs SET replicate_id = 0').run()
    expect(count()).toBe(0)
    other.prepare('UPDATE runs SET replicate_id = 7').run()
    expect(count()).toBe(1)
  })
})

it('texts are sorted by their numbers, in any case, those without one last', () => {
  const rows = ['run 10', 'Run 9', null, 'alone', 'run 9'].map((text, index) => [index, text] as [number, string | null])
  const sorted = (descending: boolean) => naturalOrder(rows, requireName('error'), descending).map(([index]) => index)
  expect([sorted(false), sorted(true)]).toEqual([[3, 1, 4, 0, 2], [0, 1, 4, 3, 2]])
})
