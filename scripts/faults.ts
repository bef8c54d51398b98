// npm run test:faults: every row of what can break, with many repetitions, and what became of each.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FaultTest, faultTable, playwrightFaults, vitestFaults } from './results/faults.ts'
import { packageCommand, root } from './runtime/paths.ts'
import { runPlaywright } from './runtime/playwright.ts'
import { main, run } from './runtime/run.ts'

const results = 'test-results/faults'
const thorough = { CHALCOGEN_TESTS: 'thorough' }

function read<Report>(name: string, tests: (report: Report) => FaultTest[]): FaultTest[] {
  const file = join(root, results, name)
  return existsSync(file) ? tests(JSON.parse(readFileSync(file, 'utf8')) as Report) : []
}

/** Test files outside test/e2e that name a fault. */
const filesWithFaults = () => globSync('test/{unit,integration,fault}/**/*.test.ts', { cwd: root })
  .filter((file) => /['`]fault \d+:/.test(readFileSync(join(root, file), 'utf8')))

await main(async () => {
  rmSync(join(root, results), { recursive: true, force: true })
  mkdirSync(join(root, results), { recursive: true })
  const vitest = [
    packageCommand('vitest'), 'run', ...filesWithFaults(), '--testNamePattern', 'fault \\d+:', '--reporter=default', '--reporter=json',
    `--outputFile.json=${results}/node.json`,
  ]
  await run(process.execPath, vitest, { ...process.env, ...thorough })
  await runPlaywright(['--grep', 'fault \\d+:'], { ...thorough, PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, results, 'electron.json') })

  const table = faultTable([...read('node.json', vitestFaults), ...read('electron.json', playwrightFaults)])
  console.log()
  for (const { line } of table) console.log(line)
  const count = (verdict: string) => table.filter((row) => row.verdict === verdict).length
  console.log(`\n${count('passed')} rows passed, ${count('failed')} failed, ${count('skipped')} skipped`)
  return count('failed') > 0 ? 1 : 0
})
