import { basename } from 'node:path'
import type { TestFile } from './coverage.ts'

/** The tests of a file that reach a mutant. */
export interface Covering {
  file: string
  /** Ids; null for all tests, if the mutant is reached outside them. */
  tests: string[] | null
  milliseconds: number
}

/** The tests that reach a mutant, unordered. */
export function coveringTests(id: number, files: readonly TestFile[]): Covering[] {
  return files.flatMap(({ file, overhead, reaches, tests }): Covering[] => {
    const all = reaches.has(id)
    const own = all ? tests : tests.filter((test) => test.reaches.has(id))
    if (own.length === 0) return []
    const milliseconds = own.reduce((sum, test) => sum + test.milliseconds, overhead)
    return [{ file, tests: all ? null : own.map((test) => test.id), milliseconds }]
  })
}

/** The order of test files. It learns which of them kill mutants of a source. */
export class Order {
  readonly #kills = new Map<string, number>()

  killed(source: string, test: string): void {
    this.#kills.set(`${source} ${test}`, this.#of(source, test) + 1)
  }

  /** Fastest first. A test file counts as faster if it is named after the source or has killed mutants of it. */
  sorted(source: string, tests: readonly Covering[]): Covering[] {
    const named = (test: string) => basename(test, '.test.ts') === basename(source, '.ts') ? 4 : 0
    const cost = ({ file, milliseconds }: Covering) => milliseconds / (1 + named(file) + 2 * this.#of(source, file))
    return [...tests].sort((a, b) => cost(a) - cost(b))
  }

  #of = (source: string, test: string) => this.#kills.get(`${source} ${test}`) ?? 0
}

/** The first tests that fit the budget together, at least one. */
export function within(tests: readonly Covering[], budget: number): Covering[] {
  let sum = 0
  const last = tests.findIndex(({ milliseconds }, index) => (sum += milliseconds) > budget && index > 0)
  return last < 0 ? [...tests] : tests.slice(0, last)
}
