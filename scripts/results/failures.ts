import { relative } from 'node:path'

/** A test that failed, or a file or run that broke outside its tests. */
export interface Failure {
  file: string
  /** Full name of the test; empty where no single test failed. */
  test: string
  /** First line of what was thrown. */
  message: string
  /** Whether the test passed when it was tried again. */
  unsteady?: true
}

/** What vitest's JSON reporter writes, as far as it is needed here. */
export interface VitestFailures {
  testResults: {
    /** Absolute path of the file. */
    name: string
    status: string
    /** Of a file that failed to load, or whose hook failed. */
    message: string
    assertionResults: { status: string, fullName: string, failureMessages: string[] | null }[]
  }[]
}

/** What Playwright's JSON reporter writes, as far as it is needed here. */
export interface PlaywrightFailures {
  suites: PlaywrightSuite[]
  errors: { message?: string, location?: { file: string } }[]
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: {
    title: string
    file: string
    tests: { status: string, results: { errors: { message: string }[] }[] }[]
  }[]
}

/** @param root folder that files are named from */
export function vitestFailures({ testResults }: VitestFailures, root: string): Failure[] {
  return testResults.filter(({ status }) => status === 'failed').flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0) return [{ file, test: '', message: firstLine(message) }]
    return failed.map(({ fullName, failureMessages }) => ({ file, test: fullName, message: firstLine(failureMessages?.[0]) }))
  })
}

/** Tests that failed, also those that passed when they were tried again. */
export function playwrightFailures({ suites, errors }: PlaywrightFailures, root: string): Failure[] {
  return [
    // A file's own suite is called after the file.
    ...suites.flatMap((file) => suiteFailures(file, [])),
    ...errors.map(({ message, location }) => ({
      file: location ? relative(root, location.file) : '', test: '', message: firstLine(message),
    })),
  ]
}

function suiteFailures({ suites = [], specs }: PlaywrightSuite, above: string[]): Failure[] {
  const own = specs.flatMap(({ title, file, tests }) => tests
    .filter(({ status }) => status === 'unexpected' || status === 'flaky')
    .map(({ status, results }) => ({
      file,
      test: [...above, title].join(' '),
      message: firstLine(results.flatMap(({ errors }) => errors)[0]?.message),
      ...(status === 'flaky' && { unsteady: true as const }),
    })))
  return [...own, ...suites.flatMap((suite) => suiteFailures(suite, [...above, suite.title]))]
}

/** One failure as one line of the summary. */
export const failureLine = (step: string, { file, test, message, unsteady }: Failure): string =>
  `${unsteady ? '⚠ passed when tried again:' : '✗'} ${[step, file, test].filter(Boolean).join(' › ')}: ${message}`

/** The runners colour their messages. */
const colour = /\u001b\[[0-9;]*m/g

const firstLine = (message: string | undefined): string =>
  message?.replace(colour, '').split('\n').map((line) => line.trim()).find(Boolean) ?? 'no message'
