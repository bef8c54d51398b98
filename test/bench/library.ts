// npm run bench:library [RUNS SNAPSHOTS]
// Times opening, listing, filtering and sorting a large library. Prints medians and quartiles, ms.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openConnection } from '../../src-main/library/connection.ts'
import { openLibrary } from '../../src-main/library/library.ts'
import { spreadOf } from '../../src-main/bench/spread.ts'
import { sortRuns } from '../../src-renderer/views/library/sort.ts'
import { filterRuns } from '../../src-renderer/views/library/filter.ts'
import { makeLargeLibrary } from '../fixtures/large-library.ts'

const ROUNDS = 15
const MOST_MS = 100

const [runs = 10_000, snapshots = 2_000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'chalcogen-bench-'))
const file = join(folder, 'library.chalcogen')
const worker = new URL('../../src-main/library/library.worker.ts', import.meta.url)

const times = new Map<string, number[]>()

async function timed<Result>(what: string, act: () => Result | Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await act()
  times.set(what, [...times.get(what) ?? [], performance.now() - began])
  return result
}

const nameOf = ({ name, preset, runId }: { name: string, preset: string, runId: string }) => name || preset || runId

async function round(): Promise<void> {
  const { close } = await timed('open the file', () => openConnection(file))
  close()
  const library = await timed('open, including thread start', () => openLibrary({ file, worker }))
  const summaries = await timed('list, the first time', () => library.list())
  await timed('list again', () => library.list())
  await timed('one run with its epochs', () => library.get(summaries[summaries.length >> 1].runId))
  await timed('filter by text and numbers', () => filterRuns(summaries, 'mse<0.03 seed>100 mixed rate', nameOf))
  await timed('sort by loss', () => sortRuns(summaries, { column: 'mse', descending: false }, nameOf))
  await timed('sort by name', () => sortRuns(summaries, { column: 'name', descending: true }, nameOf))
  await library.close()
}

try {
  makeLargeLibrary(file, { runs, snapshots })
  console.log(`${runs} runs, ${snapshots} snapshots, ${(statSync(file).size / 1e6).toFixed(0)} MB; ${ROUNDS} rounds`)
  for (let k = 0; k < ROUNDS; k++) await round()
  for (const [what, samples] of times) {
    const { median, lowerQuartile, upperQuartile } = spreadOf(samples)
    const verdict = median <= MOST_MS ? '' : `  above ${MOST_MS} ms`
    console.log(`${what.padEnd(36)} ${median.toFixed(1).padStart(7)} (${lowerQuartile.toFixed(1)} to ${upperQuartile.toFixed(1)})${verdict}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
