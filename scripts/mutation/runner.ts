// A process that keeps Vitest open on a mutated copy and runs the test files that its parent sends.
import { join } from 'node:path'
import type { SerializedError, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'

/** Test files to run. Their paths are relative to the copy; `tests` are ids, null for all tests of a file. */
export interface Job {
  /** The active mutant, or null. */
  mutant: number | null
  /** In this order. */
  files: { file: string, tests: string[] | null }[]
  /** Folder for the ids of reached mutants; null if they are not recorded. */
  coverage: string | null
}

/** Times of one test file (ms). */
export interface FileResult {
  file: string
  /** Imports and hooks of the file. */
  overhead: number
  tests: { id: string, milliseconds: number }[]
}

export interface Outcome {
  /** The first test that failed, or an error outside the tests. */
  failure: string | null
  files: FileResult[]
}

/** Keep the given order of files. */
class AsGiven {
  shard = (files: TestSpecification[]) => files
  sort = (files: TestSpecification[]) => files
}

const [root = '', testTimeout] = process.argv.slice(2)

async function open(): Promise<Vitest> {
  const vitest = await createVitest('test', {
    root,
    watch: false,
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    testTimeout: Number(testTimeout),
    hookTimeout: Number(testTimeout),
    reporters: [{}],
    silent: true,
    setupFiles: [join(root, 'scripts/mutation/setup.ts'), join(root, 'test/setup/sources.ts')],
    sequence: { sequencer: AsGiven },
  })
  await vitest.standalone()
  return vitest
}

async function run(vitest: Vitest, { mutant, files, coverage }: Job): Promise<Outcome> {
  setVariable('CHALCOGEN_MUTANT', mutant === null ? null : String(mutant))
  setVariable('CHALCOGEN_MUTATION_COVERAGE', coverage)
  const project = vitest.getRootProject()
  vitest.state.filesMap.clear()
  const specifications = files.map(({ file, tests }) =>
    project.createSpecification(join(root, file), tests === null ? undefined : { testIds: tests }))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const failures = [...testModules.flatMap(failuresOf), ...unhandledErrors.map(messageOf)]
  return {
    failure: failures[0] ?? null,
    files: testModules.map(resultOf),
  }
}

function setVariable(name: string, value: string | null): void {
  if (value === null) delete process.env[name]
  else process.env[name] = value
}

function failuresOf(module: TestModule): string[] {
  const failed = [...module.children.allTests('failed')].map(({ fullName }) => `${module.relativeModuleId} > ${fullName}`)
  return [...failed, ...module.errors().map((error) => `${module.relativeModuleId}: ${messageOf(error)}`)]
}

const messageOf = (error: unknown) => (error as SerializedError).message?.split('\n')[0] ?? String(error)

function resultOf(module: TestModule): FileResult {
  const { collectDuration, duration, setupDuration } = module.diagnostic()
  const tests = [...module.children.allTests()].map((test) => ({ id: test.id, milliseconds: test.diagnostic()?.duration ?? 0 }))
  const inTests = tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  return { file: module.relativeModuleId, overhead: Math.max(0, collectDuration + setupDuration + duration - inTests), tests }
}

const vitest = await open()
process.on('message', (job: Job) => {
  void run(vitest, job).then((outcome) => process.send!(outcome), (error) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit())
process.send!('ready')
