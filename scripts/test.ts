// npm test: every check and every test. Each step runs even if an earlier one failed. `--thorough` repeats what depends on chance more often.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageCommand, root } from './runtime/paths.ts'
import { main, run, runAside, tool } from './runtime/run.ts'
import { playwrightCounts, stepCounts, total, vitestCounts, type Counts } from './results/counts.ts'
import { failureLine, playwrightFailures, vitestFailures, type Failure } from './results/failures.ts'
import { playwrightTimes, slowestLines, vitestTimes, type TimedTest } from './results/slowest.ts'

interface Step {
  name: string
  command: [string, string[]]
  /** How to read the runner's report of its tests; a step without one is a check. */
  report?: {
    file: string
    counts: (report: never) => Counts
    failures: (report: never, root: string) => Failure[]
    times: (report: never, root: string) => TimedTest[]
  }
}

interface Result {
  counts: Counts
  failures: Failure[]
  times: TimedTest[]
}

const results = 'test-results'
const SLOWEST = 10
const thorough = process.argv.includes('--thorough')
const env = { ...process.env, ...(thorough && { CHALCOGEN_TESTS: 'thorough' }) }

/** One after the other beside the tests. Each takes one core, and the tests often wait and leave one. */
const checks: Step[] = [
  { name: 'types', command: tool('typescript', ['-p', 'tsconfig.node.json'], 'tsc') },
  { name: 'types of the window', command: tool('vue-tsc', ['-p', 'tsconfig.window.json']) },
  { name: 'lint', command: tool('eslint', ['.']) },
  { name: 'import rules', command: tool('dependency-cruiser', ['src-engine', 'src-main', 'src-renderer'], 'depcruise') },
]

/** Each takes most of all cores. */
const tests: Step[] = [
  {
    name: 'unit, integration and fault tests',
    command: [process.execPath, [
      packageCommand('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}/vitest.json`,
    ]],
    report: { file: 'vitest.json', counts: vitestCounts, failures: vitestFailures, times: vitestTimes },
  },
  {
    name: 'build and real Electron',
    command: [process.execPath, ['scripts/e2e.ts']],
    report: { file: 'e2e.json', counts: playwrightCounts, failures: playwrightFailures, times: playwrightTimes },
  },
]

async function take({ name, command, report }: Step): Promise<Result> {
  console.log(`\n── ${name}`)
  return resultOf(await run(...command, env), report)
}

/** Prints what a check wrote once it has ended, since tests run beside it. */
async function takeAside({ name, command }: Step): Promise<Result> {
  const { exitCode, output } = await runAside(...command, env)
  console.log(`\n── ${name}\n${output.trimEnd()}`)
  return resultOf(exitCode)
}

function resultOf(exitCode: number, report?: Step['report']): Result {
  const read = report ? readReport(report) : null
  return { counts: stepCounts(exitCode, read?.counts ?? null), failures: read?.failures ?? [], times: read?.times ?? [] }
}

function readReport({ file, counts, failures, times }: NonNullable<Step['report']>): Result | null {
  const path = join(root, results, file)
  if (!existsSync(path)) return null
  const report = JSON.parse(readFileSync(path, 'utf8')) as never
  return { counts: counts(report), failures: failures(report, root), times: times(report, root) }
}

async function inTurn(steps: Step[], take: (step: Step) => Promise<Result>): Promise<Result[]> {
  const all: Result[] = []
  for (const step of steps) all.push(await take(step))
  return all
}

function summarise(steps: Step[], all: Result[]): number {
  console.log(`\nThe ${SLOWEST} slowest tests:`)
  for (const line of slowestLines(all.flatMap(({ times }) => times), SLOWEST)) console.log(line)
  console.log()
  steps.forEach(({ name }, i) => all[i]!.failures.forEach((failure) => console.log(failureLine(name, failure))))
  steps.forEach(({ name }, i) => console.log(`${all[i]!.counts.failed > 0 ? '✗' : '✓'} ${name}`))
  const { passed, failed, skipped } = total(all.map(({ counts }) => counts))
  if (skipped > 0) console.log(`${skipped} skipped`)
  const summary = `${passed} passed, ${failed} failed`
  console.log(summary)
  writeFileSync(join(root, results, 'summary.txt'), `${summary}\n`)
  return failed > 0 ? 1 : 0
}

await main(async () => {
  // A report of an earlier run must not pass for this one's.
  rmSync(join(root, results), { recursive: true, force: true })
  mkdirSync(join(root, results))
  const all = await Promise.all([inTurn(checks, takeAside), inTurn(tests, take)])
  return summarise([...checks, ...tests], all.flat())
})
