// npm run bench:library [RUNS SNAPSHOTS COPIES]
// Times opening, listing, filtering and sorting a large library: alone, while a run writes epochs, and while a write waits for the lock
// of another program. Prints medians and quartiles, ms.
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureCommandLine } from '../../scripts/command-line.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { type Library, openLibrary } from '../../src-main/library/library.ts'
import { spreadOf } from '../../src-main/bench/spread.ts'
import type { RunOrder, RunQuery } from '../../src-main/contract/query.ts'
import { makeLargeLibrary } from '../fixtures/large-library.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 15)
/** Asked of every act, ms, at up to ten thousand runs and above. */
const [MOST_MS, MOST_OF_MANY_MS] = [100, 400]

const [runs = 10_000, snapshots = 2_000, copies = 0] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'chalcogen-bench-'))
const file = join(folder, 'library.chalcogen')
const worker = new URL('library/library.worker.js', pathToFileURL(await ensureCommandLine()))

const times = new Map<string, number[]>()

async function timed<Result>(what: string, act: () => Result | Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await act()
  times.set(what, [...times.get(what) ?? [], performance.now() - began])
  return result
}

const asked: RunQuery = {
  query: '', shelf: 'library', columns: ['name', 'scheme', 'seed', 'loss', 'learning.rateInput'], sort: [], groupBy: [], offset: 0, limit: 100,
}
/** One page of the window, or all groups. */
const questions: Readonly<Record<string, Partial<RunQuery>>> = {
  'first page of a query': {},
  'filter by numbers and words': { query: 'mse<0.1 seed>100 mixed' },
  'filter by a word with accents': { query: 'naïve' },
  'filter by parameters': { query: 'learning.rateInput >= 5e-5 and network.threshold < 0.15' },
  'filter by all at once': {
    query: 'scheme = mixed-precision and (loss < 0.1 or rate > 12) and learning.rateInput >= 1e-5 and duration > 1 min',
  },
  'sort in SQL by loss': { sort: [{ name: 'loss', descending: false }] },
  'sort in SQL by the best loss': { sort: [{ name: 'loss.best', descending: false }], columns: ['loss.best'] },
  'sort in SQL by a mean of 5 epochs': { sort: [{ name: 'loss.mean5', descending: false }], columns: ['loss.mean5'] },
  'sort in SQL by the loss of an epoch': { sort: [{ name: 'loss.epoch20', descending: false }], columns: ['loss.epoch20'] },
  'filter by the best loss': { query: 'loss.best < 0.005' },
  'sort in SQL by name': { sort: [{ name: 'name', descending: true }] },
  'sort in SQL by a parameter': { sort: [{ name: 'network.threshold', descending: true }], offset: 5000 },
  'group by scheme': { groupBy: ['scheme'], columns: ['loss', 'rate', 'sets'] },
  'group by two names': { groupBy: ['scheme', 'learning.rateInput'], columns: ['loss'] },
  'group replicates': { groupBy: ['replicate'], columns: ['loss'] },
}

const listed: RunOrder = {
  query: '', shelf: 'library', sort: { name: 'created', descending: true }, groupBy: [], replicates: false,
}
/** The order of the list in the window. */
const orders: Readonly<Record<string, Partial<RunOrder>>> = {
  'order of the list': {},
  'list by loss': { sort: { name: 'loss', descending: false } },
  'list by name': { sort: { name: 'name', descending: true } },
  'list by scheme': { sort: { name: 'scheme', descending: false } },
  'list by a parameter': { sort: { name: 'network.threshold', descending: true } },
  'list of a query': { query: 'mse<0.1 seed>100 mixed' },
  'list of replicates': { replicates: true },
  'list of replicates by mean loss': { replicates: true, sort: { name: 'loss', descending: false } },
  'list in groups': { groupBy: ['scheme', 'learning.rateInput'] },
}
const columns = ['status', 'outcome', 'name', 'scheme', 'seed', 'epochs', 'loss', 'rate', 'duration', 'created']
const IN_SIGHT = 100

async function round(): Promise<void> {
  const { close } = await timed('open the file', () => openConnection(file))
  close()
  const library = await timed('open, including thread start', () => openLibrary({ file, worker }))
  const summaries = await timed('list, the first time', () => library.list())
  await timed('list again', () => library.list())
  await timed('one run with its epochs', () => library.get(summaries[summaries.length >> 1]!.runId))
  for (const [what, order] of Object.entries(orders)) await timed(what, () => library.orderRuns({ ...listed, ...order }, {}))
  const runIds = summaries.slice(runs >> 1, (runs >> 1) + IN_SIGHT).map(({ runId }) => runId)
  await timed('summaries in sight', () => library.summaries(runIds))
  await timed('values in sight', () => library.runCells({ runIds, columns: ['learning.rateInput', 'tag'] }))
  const replicates = await library.orderRuns({ ...listed, replicates: true }, {})
  const keys = replicates.ok ? replicates.groups.slice(0, IN_SIGHT).map(({ key }) => key) : []
  const { query, shelf, groupBy } = listed
  await timed('groups in sight', () => library.listedGroups({ query, shelf, groupBy, replicates: true, columns, keys }, {}))
  for (const [what, question] of Object.entries(questions)) {
    await timed(what, () => library.queryRuns({ ...asked, ...question }, {}))
  }
  await library.close()
}

async function readings(): Promise<void> {
  const library = await openLibrary({ file, worker })
  await library.list()
  for (let k = 0; k < ROUNDS; k++) {
    await readWhile('alone', library, async () => async () => {})
    await readWhile('while a run writes', library, writing)
    await readWhile('while a write waits', library, waiting)
  }
  await library.close()
}

/** A load on a library. Resolves once it has begun, to a function that ends it. */
type Load = (library: Library) => Promise<() => Promise<void>>

async function readWhile(when: string, library: Library, load: Load): Promise<void> {
  const { runId } = (await library.page(null, 1))[0]!
  const reads: [what: string, read: () => Promise<unknown>][] = [
    ['first page', () => library.page(null, 1000)],
    ['runs of a sweep', () => library.list('0nosweep0001')],
    ['overview', () => library.overview(runId)],
    ['all runs', () => library.list()],
  ]
  for (const [what, read] of reads) {
    const end = await load(library)
    await timed(`${what}, ${when}`, read)
    await end()
  }
}

/** Saves epoch after epoch of a run. */
async function writing(library: Library): Promise<() => Promise<void>> {
  let goesOn = true
  const writes = (async () => {
    while (goesOn) await library.appendEpochs(WRITTEN, [{ ...metrics, epoch: ++epoch }])
  })()
  return async () => {
    goesOn = false
    await writes
  }
}

/** Saves an epoch while another program holds the lock, for as long as a write waits. */
async function waiting(library: Library): Promise<() => Promise<void>> {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  const write = library.appendEpochs(WRITTEN, [{ ...metrics, epoch: ++epoch }]).catch(() => {})
  return async () => {
    other.exec('ROLLBACK')
    other.close()
    await write
  }
}

const WRITTEN = '0run00000000'
const metrics = {
  loss: 0.1, patternLosses: [0.1, 0.1, 0.1], metrics: {},
  meanRateHz: 12, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, saturated: 0,
  ledger: { set: 1, reset: 1, refresh: 1, read: 1 },
}
let epoch = 1000

try {
  makeLargeLibrary(file, { runs, snapshots, copies })
  console.log(`${runs * (1 + copies)} runs, ${snapshots} snapshots, ${(statSync(file).size / 1e6).toFixed(0)} MB; ${ROUNDS} rounds`)
  for (let k = 0; k < ROUNDS; k++) await round()
  await readings()
  const mostMs = runs * (1 + copies) <= 10_000 ? MOST_MS : MOST_OF_MANY_MS
  for (const [what, samples] of times) {
    const { median, lowerQuartile, upperQuartile } = spreadOf(samples)
    const verdict = median <= mostMs ? '' : `  above ${mostMs} ms`
    console.log(`${what.padEnd(36)} ${median.toFixed(1).padStart(7)} (${lowerQuartile.toFixed(1)} to ${upperQuartile.toFixed(1)})${verdict}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
