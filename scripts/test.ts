// npm test: every check and every test, each step whatever became of the one before, then the counts.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageCommand, root } from './runtime/paths.ts'
import { main, run, tool } from './runtime/run.ts'
import { playwrightCounts, stepCounts, total, vitestCounts, type Counts } from './results/counts.ts'

interface Step {
  name: string
  command: [string, string[]]
  /** What the runner reports of its own tests; a step without is a check. */
  report?: { file: string, counts: (report: never) => Counts }
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
    report: { file: 'e2e.json', counts: playwrightCounts },
  },
]

function vitest(name: string): Step {
  const file = `${name}.json`
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}/${file}`]
  return {
    name: `${name} tests`,
    command: [process.execPath, [packageCommand('vitest'), 'run', `test/${name}`, ...reporters]],
    report: { file, counts: vitestCounts },
  }
}

async function take({ name, command, report }: Step): Promise<Counts> {
  console.log(`\n── ${name}`)
  const exitCode = await run(...command)
  return stepCounts(exitCode, report ? readCounts(report) : null)
}

function readCounts({ file, counts }: NonNullable<Step['report']>): Counts | null {
  const path = join(root, results, file)
  return existsSync(path) ? counts(JSON.parse(readFileSync(path, 'utf8')) as never) : null
}

await main(async () => {
  // A report of an earlier run must not pass for this one's.
  rmSync(join(root, results), { recursive: true, force: true })
  mkdirSync(join(root, results))
  const all: Counts[] = []
  for (const step of steps) all.push(await take(step))

  console.log()
  steps.forEach(({ name }, i) => console.log(`${all[i].failed > 0 ? '✗' : '✓'} ${name}`))
  const { passed, failed, skipped } = total(all)
  if (skipped > 0) console.log(`${skipped} skipped`)
  const summary = `${passed} passed, ${failed} failed`
  console.log(summary)
  writeFileSync(join(root, results, 'summary.txt'), `${summary}\n`)
  return failed > 0 ? 1 : 0
})
