export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** What vitest's JSON reporter writes, as far as it is needed here. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  /** One per file; a file that fails to load has failed without any test of its own. */
  testResults: { status: string, assertionResults: unknown[] }[]
}

/** What Playwright's JSON reporter writes, as far as it is needed here. */
export interface PlaywrightReport {
  stats: { expected: number, unexpected: number, flaky: number, skipped: number }
  errors: unknown[]
}

export function vitestCounts(report: VitestReport): Counts {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A test that passed when it was tried again has passed. */
export function playwrightCounts({ stats, errors }: PlaywrightReport): Counts {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

/** A step that failed without naming a failed test, or that found no test at all, is one failure of its own. */
export function stepCounts(exitCode: number, counts: Counts | null): Counts {
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 }
  const silent = failed === 0 && (exitCode !== 0 || (counts !== null && passed === 0))
  return { passed, failed: failed + (silent ? 1 : 0), skipped }
}

export function total(all: Counts[]): Counts {
  const sum = (key: keyof Counts) => all.reduce((so, counts) => so + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}
