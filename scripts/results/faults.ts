import { faultRows } from './fault-rows.ts'
import { specsOf, type Suite } from './suites.ts'

/** One test that names a fault. */
export interface FaultTest {
  row: number
  outcome: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped. */
  reason: string | null
}

/** As far as it is needed here. */
export interface VitestTests {
  testResults: { assertionResults: { fullName: string; status: string; meta: { reason?: string } }[] }[]
}
interface Spec {
  title: string
  tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped'; annotations: { type: string; description?: string }[] }[]
}
export interface PlaywrightTests {
  suites: Suite<Spec>[]
}

const rowOf = (title: string) => Number(/^fault (\d+):/.exec(title)?.[1] ?? NaN)

export const vitestFaults = ({ testResults }: VitestTests): FaultTest[] => testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .map(({ fullName, status, meta }) => ({
    row: rowOf(fullName),
    outcome: status === 'passed' ? 'passed' as const : status === 'failed' ? 'failed' as const : 'skipped' as const,
    reason: meta.reason ?? null,
  }))
  .filter(({ row }) => !Number.isNaN(row))

export const playwrightFaults = ({ suites }: PlaywrightTests): FaultTest[] => suites.flatMap((suite) => specsOf(suite))
  .flatMap(({ title, tests }) => tests.map(({ status, annotations }) => ({
    row: rowOf(title),
    outcome: status === 'expected' ? 'passed' as const : status === 'skipped' ? 'skipped' as const : 'failed' as const,
    reason: annotations.find(({ type }) => type === 'skip')?.description ?? null,
  })))
  .filter(({ row }) => !Number.isNaN(row))

export interface FaultRow {
  row: number
  verdict: 'passed' | 'failed' | 'skipped'
  line: string
}

/** A line for every row. One without any test has failed: nobody knows what happens. */
export function faultTable(tests: readonly FaultTest[]): FaultRow[] {
  return Object.entries(faultRows).map(([key, title]) => {
    const row = Number(key)
    const own = tests.filter((test) => test.row === row)
    const count = (outcome: FaultTest['outcome']) => own.filter((test) => test.outcome === outcome).length
    const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')]
    const verdict = failed > 0 || own.length === 0 ? 'failed' : passed > 0 ? 'passed' : 'skipped'
    const reasons = [...new Set(own.flatMap(({ reason }) => reason ?? []))]
    const told = [
      own.length === 0 ? 'no test' : `${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped: ${reasons.join('; ') || 'no reason was given'}`] : []),
    ]
    const mark = { passed: '✓', failed: '✗', skipped: '–' }[verdict]
    return { row, verdict, line: `${mark} ${String(row).padStart(2)} ${title} (${told.join(', ')})` }
  })
}
