import { parseQuery } from '../../../src-engine/query/parse.ts'
import type { Comparison, Query } from '../../../src-engine/query/tree.ts'
import type { RunSummary, Shelf } from '../../../src-main/contract/run.ts'
import { newestFirst } from '../../../src-renderer/stores/newest-first.ts'

type Which = { query: string; shelf: Shelf | null }

/** The calls of a window that list runs, answered for these runs. Sorts by creation alone, and knows the queries that the window makes. */
export function libraryOf(all: () => readonly RunSummary[]) {
  const found = ({ query, shelf }: Which) => {
    const parsed = parseQuery(query)
    if (!parsed.ok) throw new Error(`The window has asked a wrong query: ${query}`)
    const tree = parsed.query
    const isHere = (run: RunSummary) => shelf === null || run.shelf === shelf
    return all().filter((run) => isHere(run) && (tree === null || holds(tree, run))).toSorted(newestFirst)
  }
  const idsOf = (runs: readonly RunSummary[]) => runs.map(({ runId }) => runId)
  const byIds = ({ runIds }: { runIds: readonly string[] }) =>
    runIds.flatMap((id) => all().find(({ runId }) => runId === id) ?? [])
  const known = (which: Which) => ({ ok: true, notIndexed: 0, total: found(which).length })
  return {
    'runs.live': () => [],
    'runs.summaries': byIds,
    'runs.find': (which: Which) => ({ ...known(which), runIds: idsOf(found(which)) }),
    'runs.count': known,
    'runs.query': (asked: Which & { limit: number; groupBy: readonly string[] }) => {
      const rows = asked.groupBy.length > 0 ? [] : found(asked).slice(0, asked.limit).map(({ runId }) => ({ runId, cells: [] }))
      const sweeps = new Set(found(asked).map(({ sweep }) => sweep?.sweepId ?? null))
      const groups = asked.groupBy.length === 0 ? [] : [...sweeps].map((sweepId) => ({ keys: [sweepId], runIds: [], cells: [] }))
      return { ...known(asked), totalGroups: groups.length, rows, groups }
    },
    'runs.order': (asked: Which) => ({
      ...known(asked), runIds: idsOf(found(asked)).join(' '), groups: [] as { key: string; from: number; size: number }[],
      tasks: ['sinusoids'], largest: { seed: 42, epochs: 250 },
    }),
    'runs.groups': (asked: Which) => ({ ...known(asked), groups: [] }),
    'runs.cells': (asked: { runIds: readonly string[]; columns: readonly string[] }) =>
      byIds(asked).map(({ runId, seed }) => ({ runId, cells: asked.columns.map((name) => (name === 'seed' ? seed : null)) })),
    'runs.list': ({ sweepId }: { sweepId?: string }) =>
      all().filter(({ sweep }) => sweepId === undefined || sweep?.sweepId === sweepId).toSorted(newestFirst),
  } satisfies Record<string, (input: never) => unknown>
}

function holds(query: Query, run: RunSummary): boolean {
  switch (query.kind) {
    case 'and': return query.parts.every((part) => holds(part, run))
    case 'or': return query.parts.some((part) => holds(part, run))
    case 'not': return !holds(query.part, run)
    case 'text': return run.name.includes(query.text)
    case 'comparison': return compares(query, run)
  }
}

function compares({ name, operator, value }: Comparison, run: RunSummary): boolean {
  if (value.kind === 'text') {
    const own = { status: run.status, task: run.task, sweep: run.sweep?.sweepId ?? '', name: run.name }[name]
    if (own === undefined) throw new Error(`The fake library knows no ${name}.`)
    return operator === ':' ? own.includes(value.text) : own === value.text
  }
  if (value.kind === 'number' && operator === '=') return { seed: run.seed, epochs: run.epochs }[name] === value.number
  if (value.kind === 'time' && operator === '<') return run.createdAt < value.time.parts.join('-')
  throw new Error(`The fake library knows no ${name} ${operator}.`)
}
