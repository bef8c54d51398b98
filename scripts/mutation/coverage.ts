import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileResult } from './runner.ts'
import type { RunnerProcess } from './runner-process.ts'

/** A test file without an active mutant. Times in ms; `reaches` holds ids of mutants. */
export interface TestFile {
  file: string
  overhead: number
  /** Reached outside the tests, for example when the sources load. */
  reaches: Set<number>
  tests: Test[]
}

export interface Test {
  id: string
  milliseconds: number
  reaches: Set<number>
}

export interface Coverage {
  files: TestFile[]
  /** Files that fail without a mutant. They are left out. */
  broken: { file: string, failure: string }[]
}

/** A test file that takes longer is left out. */
const LIMIT_IN_MS = 600_000

/** Test files of a copy in these folders. */
export const testFiles = (copy: string, folders: readonly string[]) => folders
  .flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: copy })).map((file) => file.replaceAll('\\', '/'))

/** Run every test file once without a mutant. */
export async function measureCoverage(
  names: readonly string[], runners: readonly RunnerProcess[], onDone: (done: number, of: number) => void,
): Promise<Coverage> {
  const waiting = [...names]
  const coverage: Coverage = { files: [], broken: [] }
  await Promise.all(runners.map(async (runner) => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await measure(file, runner, coverage)
      onDone(coverage.files.length + coverage.broken.length, names.length)
    }
  }))
  return coverage
}

async function measure(file: string, runner: RunnerProcess, { files, broken }: Coverage): Promise<void> {
  const place = join(runner.folder, 'test-results/mutants-reached', file)
  mkdirSync(place, { recursive: true })
  const outcome = await runner.run({ mutant: null, files: [{ file, tests: null }], coverage: place }, LIMIT_IN_MS)
  if (outcome === 'timeout') broken.push({ file, failure: 'timeout' })
  else if (outcome.failure !== null) broken.push({ file, failure: outcome.failure })
  else files.push(testFile(outcome.files[0]!, place))
}

function testFile({ file, overhead, tests }: FileResult, place: string): TestFile {
  const reachedBy = (name: string) => {
    const path = join(place, name)
    return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number) : [])
  }
  return { file, overhead, reaches: reachedBy('file'), tests: tests.map((test) => ({ ...test, reaches: reachedBy(test.id) })) }
}
