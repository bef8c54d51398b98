// npm test: every check and every test, each step whatever became of the one before, then the counts.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageCommand, root } from './runtime/paths.ts'
import { main, run, tool } from './runtime/run.ts'
import { playwrightCounts, stepCounts, total, vitestCounts, type Counts } from './results/counts.ts'
import { failureLine, playwrightFailures, vitestFailures, type Failure } from './results/failures.ts'

interface Step {
  name: string
  command: [string, string[]]
  /** What the runner reports of its own tests; a step without is a check. */
  report?: { file: string, counts: (report: never) => Counts, failures: (report: never, root: string) => Failure[] }
}

interface Result {
  counts: Counts
  failures: Failure[]
}

const results = 'test-results'

const steps: Step[] = [
  { name: 'types', command: tool('vue-tsc', ['--noEmit']) },
  { name: 'lint', command: tool('eslint', ['.']) },
  { name: 'import rules', command: tool('dependency-cruiser', ['src-engine', 'src-main', 'src-renderer'], 'depcruise') },
  vitest('unit'),
  vitest('integration'),
  vitest('fault'),
  {
    name: 'build and real Electron',
    command: [process.execPath, ['scripts/e2e.ts']],
    report: { file: 'e2e.json', counts: playwrightCounts, failures: playwrightFailures },
  },
]

function vitest(name: string): Step {
  const file = `${name}.json`
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}/${file}`]
  return {
    name: `${name} tests`,
    command: [process.execPath, [packageCommand('vitest'), 'run', `test/${name}`, ...reporters]],
    report: { file, counts: vitestCounts, failures: vitestFailures },
  }
}

async function take({ name, command, report }: Step): Promise<Result> {
  console.log(`\n── ${name}`)
  const exitCode = await run(...command)
  const result = report ? readResult(report) : null
  return { counts: stepCounts(exitCode, result?.counts ?? null), failures: result?.failures ?? [] }
}

function readResult({ file, counts, failures }: NonNullable<Step['report']>): Result | null {
  const path = join(root, results, file)
  if (!existsSync(path)) return null
  const report = JSON.parse(readFileSync(path, 'utf8')) as never
  return { counts: counts(report), failures: failures(report, root) }
}

await main(async () => {
  // A report of an earlier run must not pass for this one's.
  rmSync(join(root, results), { recursive: true, force: true })
  mkdirSync(join(root, results))
  const all: Result[] = []
  for (const step of steps) all.push(await take(step))

  console.log()
  steps.forEach(({ name }, i) => all[i].failures.forEach((failure) => console.log(failureLine(name, failure))))
  steps.forEach(({ name }, i) => console.log(`${all[i].counts.failed > 0 ? '✗' : '✓'} ${name}`))
  const { passed, failed, skipped } = total(all.map(({ counts }) => counts))
  if (skipped > 0) console.log(`${skipped} skipped`)
  const summary = `${passed} passed, ${failed} failed`
  console.log(summary)
  writeFileSync(join(root, results, 'summary.txt'), `${summary}\n`)
  return failed > 0 ? 1 : 0
})
