import { relative } from 'node:path'
import { specsOf, type Suite } from './suites.ts'

/** One test that ran, and how long it took. */
export interface TimedTest {
  file: string
  test: string
  milliseconds: number
}

/** The part of vitest's JSON report that is read here. */
export interface VitestTimes {
  testResults: {
    /** Absolute path of the file. */
    name: string
    assertionResults: { fullName: string, duration?: number | null }[]
  }[]
}

interface TimedSpec { title: string, file: string, tests: { results: { duration: number }[] }[] }

/** The part of Playwright's JSON report that is read here. */
export interface PlaywrightTimes {
  suites: Suite<TimedSpec>[]
}

/** @param root folder that files are named from */
export const vitestTimes = ({ testResults }: VitestTimes, root: string): TimedTest[] => testResults.flatMap(
  ({ name, assertionResults }) => assertionResults.map(({ fullName, duration }) =>
    ({ file: relative(root, name), test: fullName, milliseconds: duration ?? 0 })))

/** A test that was retried counts with all its attempts. */
export const playwrightTimes = ({ suites }: PlaywrightTimes): TimedTest[] => suites.flatMap((suite) => specsOf(suite))
  .map(({ title, file, tests }) => ({
    file, test: title, milliseconds: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  }))

/** The slowest tests as lines of the summary, slowest first. */
export function slowestLines(tests: readonly TimedTest[], count: number): string[] {
  const slowest = tests.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, count)
  return slowest.map(({ file, test, milliseconds }) => `${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${file} › ${test}`)
}
