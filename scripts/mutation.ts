// npm run test:mutation: changes the sources in small ways and counts how many of the changes the tests notice.
// It is our own tool: much of the code runs in worker threads that load the sources without Vitest, so Stryker's switch never reaches them.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureKernels } from './kernels.ts'
import { copyWith, readSource, sourcesOf } from './mutation/copy.ts'
import { measureCoverage, testFiles } from './mutation/coverage.ts'
import type { Numbered } from './mutation/instrument.ts'
import { type Mutant, mutantsOf } from './mutation/mutants.ts'
import { progress } from './mutation/progress.ts'
import { type Report, report, reportText, type Result } from './mutation/results.ts'
import { killAll, RunnerProcess } from './mutation/runner-process.ts'
import { sample } from './mutation/sample.ts'
import { testMutants } from './mutation/test-mutants.ts'
import { root } from './runtime/paths.ts'
import { main } from './runtime/run.ts'

const { values: options } = parseArgs({ options: {
  folder: { type: 'string', multiple: true, default: ['src-engine', 'src-main/library', 'src-main/runs'] },
  sample: { type: 'string', default: '300' },
  seed: { type: 'string', default: '1' },
  /** The JSON report of an earlier run, to retry its survivors, or the key of one mutant. */
  only: { type: 'string', multiple: true, default: [] },
  /** Maximum time for the tests of one mutant (s). */
  budget: { type: 'string', default: '60' },
  /** Folders whose tests run. */
  tests: { type: 'string', multiple: true, default: ['test/unit', 'test/integration', 'test/fault'] },
  workers: { type: 'string', default: '2' },
} })

const results: Result[] = []
const populations = new Map<string, number>()
const leftOut: string[] = []

const isSurvivor = ({ verdict }: Result) => verdict === 'survived' || verdict === 'uncovered'

const wanted = new Set(options.only.flatMap((only) => existsSync(only)
  ? (JSON.parse(readFileSync(only, 'utf8')) as Report).results.filter(isSurvivor).map(({ key }) => key)
  : [only]))

function choose(folder: string): Mutant[] {
  const all = sourcesOf(folder).flatMap((file) => mutantsOf(file, readSource(file)))
  populations.set(folder, all.length)
  if (options.only.length > 0) return all.filter(({ key }) => wanted.has(key))
  return sample(all, Number(options.sample), Number(options.seed))
}

/** One of each list after the other, so that an early end leaves a smaller sample of every folder. */
function inTurns<Item>(lists: readonly Item[][]): Item[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat()
}

function writeReports(tell: boolean): void {
  const place = join(root, 'test-results/mutation')
  mkdirSync(place, { recursive: true })
  for (const folder of options.folder) {
    const own = results.filter(({ file }) => file.startsWith(`${folder}/`))
    if (own.length === 0) continue
    const summary = report(folder, Number(options.seed), populations.get(folder)!, own, leftOut)
    writeFileSync(join(place, `${basename(folder)}.json`), JSON.stringify(summary, null, 2))
    writeFileSync(join(place, `${basename(folder)}.txt`), `${reportText(summary)}\n`)
    if (tell) console.log(`\n${reportText(summary)}`)
  }
}

/** Ends with what is known so far. */
function stop(folder: string): void {
  killAll()
  rmSync(folder, { recursive: true, force: true })
  writeReports(true)
  process.exit(130)
}

async function work(folder: string): Promise<void> {
  // The copies take them over. Without them, every test that trains would fail there and be left out.
  await ensureKernels()
  const mutants: Numbered[] = inTurns(options.folder.map(choose)).map((mutant, id) => ({ ...mutant, id }))
  const copies = Array.from({ length: Number(options.workers) }, (_, index) => join(folder, String(index)))
  for (const copy of copies) copyWith(mutants, copy)
  const runners = copies.map((copy) => new RunnerProcess(copy))
  const coverage = await measureCoverage(testFiles(copies[0]!, options.tests), runners, progress('test files'))
  leftOut.push(...coverage.broken.map(({ file }) => file))
  for (const { file, failure } of coverage.broken) console.log(`${file} is left out, because it fails without a mutant: ${failure}`)
  const onProgress = progress('mutants')
  await testMutants(mutants, coverage.files, 1000 * Number(options.budget), runners, (result) => {
    onProgress(results.push(result), mutants.length)
    if (results.length % 10 === 0) writeReports(false)
  })
}

await main(async () => {
  mkdirSync(join(root, 'test-results/mutation'), { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-mutation-'))
  // Some tests read files as another user.
  chmodSync(folder, 0o755)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(folder))
  try {
    await work(folder)
  } finally {
    killAll()
    rmSync(folder, { recursive: true, force: true })
  }
  writeReports(true)
  return 0
})
