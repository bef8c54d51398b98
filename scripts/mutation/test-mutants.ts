import type { TestFile } from './coverage.ts'
import { type Covering, coveringTests, Order, within } from './covering.ts'
import type { Numbered } from './instrument.ts'
import type { Result } from './results.ts'
import type { RunnerProcess } from './runner-process.ts'

/** Lower bound of the timeout: a busy machine must not kill mutants. */
const LEAST_LIMIT_IN_MS = 20_000
const TIMES_NORMAL = 5

/**
 * Test mutants, one per runner at a time.
 * @param budget maximum time for the tests of one mutant (ms), as measured without a mutant
 */
export async function testMutants(
  mutants: readonly Numbered[], files: readonly TestFile[], budget: number, runners: readonly RunnerProcess[],
  onResult: (result: Result) => void,
): Promise<void> {
  const waiting = [...mutants]
  const order = new Order()
  await Promise.all(runners.map(async (runner) => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const covering = order.sorted(mutant.file, coveringTests(mutant.id, files))
      const chosen = within(covering, budget)
      const result = await testMutant(mutant, chosen, runner)
      if (result.verdict === 'killed') order.killed(mutant.file, result.by!.split(/ > |: /)[0]!)
      const untried = result.verdict === 'survived' ? covering.slice(chosen.length) : []
      onResult({ ...result, untried: untried.map(({ file }) => file) })
    }
  }))
}

async function testMutant(mutant: Numbered, covering: readonly Covering[], runner: RunnerProcess): Promise<Omit<Result, 'untried'>> {
  const { id, key, file, line, mutator, original, mutated } = mutant
  const told = { key, file, line, mutator, original, mutated }
  if (covering.length === 0) return { ...told, verdict: 'uncovered', by: null }
  const normal = covering.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const files = covering.map(({ file, tests }) => ({ file, tests }))
  const outcome = await runner.run({ mutant: id, files, coverage: null }, Math.max(LEAST_LIMIT_IN_MS, TIMES_NORMAL * normal))
  if (outcome === 'timeout') return { ...told, verdict: 'timeout', by: null }
  return { ...told, verdict: outcome.failure === null ? 'survived' : 'killed', by: outcome.failure }
}
