import { formatCount, formatWithError, NO_VALUE } from '../../src-engine/format/numbers.ts'
import { cellText, columnTitle } from '../../src-engine/query/cell-text.ts'
import { adviceOn, meaningOf, nameOf, queryNames } from '../../src-engine/query/names.ts'
import { operatorsText } from '../../src-engine/query/value.ts'
import { type App, answerOf, MOST_ROWS, type QueriedRuns, type RunQuery } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { table } from './format.ts'
import type { Selection } from './selection.ts'

/** Columns, order and groups of a list. Names are separated by commas. */
export interface TableShape {
  columns?: string
  /** A minus before a name sorts from the largest to the smallest. */
  sort?: string
  groupBy?: string
}

const defaultColumns = 'status,outcome,scheme,name,seed,loss,created'
const defaultGroupColumns = 'loss'

/** Whether a list has a shape of its own. */
export const isShaped = ({ columns, sort, groupBy }: TableShape) =>
  columns !== undefined || sort !== undefined || groupBy !== undefined

/** What to ask the library for. @throws BadInput for a name that does not exist */
export function queryOf({ where = '', shelf = 'library' }: Selection, { columns, sort = '', groupBy = '' }: TableShape): RunQuery {
  const grouped = namesIn('--group-by', groupBy)
  return {
    query: where, shelf, groupBy: grouped, offset: 0, limit: MOST_ROWS,
    columns: namesIn('--columns', columns ?? (grouped.length > 0 ? defaultGroupColumns : defaultColumns)),
    sort: partsOf(sort).map((part) => ({ name: nameIn('--sort', part.replace(/^[-−]/, '')), descending: /^[-−]/.test(part) })),
  }
}

const partsOf = (list: string) => list.split(',').map((part) => part.trim()).filter((part) => part !== '')
const namesIn = (option: string, list: string) => partsOf(list).map((part) => nameIn(option, part))

function nameIn(option: string, text: string): string {
  const name = nameOf(text)
  if (name !== null) return name.name
  const advice = adviceOn(text).advice ?? 'List all names with: chalcogen list --names'
  throw new BadInput(option, [{ path: '', rule: `names ${text}, which does not exist. ${advice}`, found: '' }])
}

export interface Answered {
  document: unknown
  text: string
  notIndexed: number
}

/** Ask for a table of runs or groups, as JSON and as text. */
export async function askForTable(app: App, asked: RunQuery): Promise<Answered> {
  await app.judgeOutcomes()
  const answer = answerOf(await app.queries.query(asked))
  const { total, notIndexed } = answer
  return asked.groupBy.length > 0
    ? { document: { total, groups: groupObjects(asked, answer) }, text: groupTable(asked, answer), notIndexed }
    : { document: { total, runs: runObjects(asked, answer) }, text: runTable(asked, answer), notIndexed }
}

type Rows = Extract<QueriedRuns, { ok: true }>

const runObjects = ({ columns }: RunQuery, { rows }: Rows) =>
  rows.map(({ runId, cells }) => ({ run: runId, ...Object.fromEntries(columns.map((name, index) => [name, cells[index]!])) }))

const groupObjects = ({ columns, groupBy }: RunQuery, { groups }: Rows) => groups.map(({ keys, runIds, cells }) => ({
  ...Object.fromEntries(groupBy.map((name, index) => [name, keys[index]!])),
  n: runIds.length,
  columns: Object.fromEntries(columns.map((name, index) => [name, cells[index]!])),
  runs: runIds,
}))

const read = (names: readonly string[]) => names.map((name) => nameOf(name)!)

function runTable({ columns }: RunQuery, { rows }: Rows): string {
  const names = read(columns)
  return table([['run', ...names.map(columnTitle)], ...rows.map(({ runId, cells }) => [runId, ...cells.map((cell, index) => cellText(names[index]!, cell))])])
}

function groupTable({ columns, groupBy }: RunQuery, { groups }: Rows): string {
  const [keys, names] = [read(groupBy), read(columns)]
  const heads = names.map((name) => columnTitle(name) + (name.kind === 'number' && !name.isLabel ? ', mean ± SD' : ''))
  const rows = groups.map((group) => [
    ...group.keys.map((key, index) => cellText(keys[index]!, key)), formatCount(group.runIds.length),
    ...group.cells.map((cell, index) => {
      if (cell.kind === 'value') return cell.different > 1 ? `${cell.different} different` : cellText(names[index]!, cell.value)
      if (cell.n === 0) return NO_VALUE
      return formatWithError(cell.mean, cell.sd) + (cell.n === group.runIds.length ? '' : ` (n = ${cell.n})`)
    }),
  ])
  return table([[...keys.map(columnTitle), 'n', ...heads], ...rows])
}

/** Every name of the language, for `list --names`. */
export function namesTable(): string {
  const heads = ['Name', 'Title', 'Unit', 'Operators', 'Values']
  const rows = queryNames().map((name) => [name.name, meaningOf(name), name.unit ?? '', operatorsText(name), Object.keys(name.choices).join(', ')])
  return table([heads, ...rows])
}
