import type { Database } from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Request } from '../../../src-main/library/operations.ts'
import { Service } from '../../../src-main/library/service.ts'
import { requests } from './requests.ts'
import { memoryLibrary } from './support.ts'

/** Requests that read a row of every run: from the index of the list, which holds all that they need, and in its order. */
const scanning = new Set<string>(['runPage', 'timings', 'usage', 'findRuns', 'countRuns', 'queryRuns', 'orderRuns', 'orderRuns by a name', 'orderRuns by time'])
/** SQLite takes columns that are made from the spec for such that the index does not have, and yet reads them from it. */
const covered = (step: string) => step.includes('USING COVERING INDEX runs_listed') || step.endsWith('USING INDEX runs_listed')
const unfinished = new Set<string>(['createRuns', 'adoptQueued', 'orderQueue', 'interruptUnfinished', 'requeue', 'endRound'])

/** Connection that records the queries that are prepared on it. */
function recording(db: Database, queries: Set<string>): Database {
  return new Proxy(db, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (key === 'prepare' || key === 'exec') queries.add(args[0] as string)
        return (value as (...args: unknown[]) => unknown).apply(target, args)
      }
    },
  })
}

const plans = new Map<string, string[]>()

beforeAll(async () => {
  const db = memoryLibrary()
  const queries = new Set<string>()
  const service = new Service({ db: recording(db, queries), readOnly: null, close: () => {}, file: 'library', onWork: () => {} })
  for (const [op, args] of Object.entries(requests)) {
    queries.clear()
    await service.answer({ id: 1, op: op.split(' ')[0], args } as Request)
    plans.set(op, [...queries].flatMap((query) => planOf(db, query)))
  }
})

function planOf(db: Database, query: string): string[] {
  const values = Object.fromEntries([...query.matchAll(/[$@](\w+)/g)].map(([, name]) => [name, null]))
  const places = [...query.matchAll(/\?/g)].map(() => null)
  return db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all(...places, values).map(({ detail }) => detail)
}

describe('the plan of', () => {
  it.each(Object.keys(requests))('%s reads no table from its start to its end', (op) => {
    const scans = plans.get(op)!.filter((step) => /^SCAN (runs|epochs|arrays|checkpoints)\b/.test(step))
    expect(scans.filter((step) => !(scanning.has(op) && covered(step)))).toEqual([])
  })

  it.each([...unfinished])('%s finds unfinished runs by their index', (op) => {
    expect(plans.get(op)!.join('\n')).toContain('USING INDEX runs_unfinished (status=?)')
  })

  it('the list is in the order of its index and starts where the page starts', () => {
    const plan = plans.get('runPage')!.join('\n')
    expect(plan).toContain('SEARCH runs USING INDEX runs_listed ((created_at,run_id)<(?,?))')
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('the list of a sweep reads only its runs', () => {
    expect(plans.get('runPage of a sweep')!.join('\n')).toContain('SEARCH runs USING INDEX runs_of_sweep (sweep_id=?)')
  })

  it('a list in the order of time is not sorted', () => {
    const plan = plans.get('orderRuns by time')!.filter((step) => !step.includes('DISTINCT')).join('\n')
    expect(plan).toContain('INDEX runs_listed (created_at<?)')
    expect(plan.replaceAll('TEMP B-TREE FOR LAST TERM', '')).not.toContain('TEMP B-TREE')
  })

  it('the values of replicates are read by their index', () => {
    expect(plans.get('listedGroups')!.join('\n')).toContain('SEARCH runs USING INDEX runs_of_replicate (replicate_id=?)')
  })

  it('the timings are read from the newest run on, until there are enough', () => {
    // Only runs that were created together, as in a sweep, are sorted.
    const plan = plans.get('timings')!.join('\n')
    expect(plan).toContain('INDEX runs_listed (created_at<?)')
    expect(plan.replaceAll('TEMP B-TREE FOR LAST TERM', '')).not.toContain('TEMP B-TREE')
  })
})
