import { expect, test } from 'vitest'
import { failureLine, playwrightFailures, vitestFailures } from '../../../scripts/results/failures.ts'

const assertion = (status: string, fullName: string, failureMessages: string[] | null = []) =>
  ({ status, fullName, failureMessages })

test('vitest: lists each failed test with its file, full name and the first line of its error', () => {
  const testResults = [
    { name: '/house/test/unit/whole.test.ts', status: 'passed', message: '', assertionResults: [assertion('passed', 'holds')] },
    {
      name: '/house/test/unit/broken.test.ts', status: 'failed', message: '',
      assertionResults: [
        assertion('passed', 'holds'),
        assertion('failed', 'a device drifts', ['AssertionError: expected 1 to be 2\n    at broken.test.ts:3:1']),
        assertion('failed', 'a device is read', null),
      ],
    },
  ]
  expect(vitestFailures({ testResults }, '/house')).toEqual([
    { file: 'test/unit/broken.test.ts', test: 'a device drifts', message: 'AssertionError: expected 1 to be 2' },
    { file: 'test/unit/broken.test.ts', test: 'a device is read', message: 'no message' },
  ])
})

test('vitest: lists a file that failed to load or whose hook failed, with its message', () => {
  const testResults = [
    { name: '/house/a.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
    { name: '/house/b.test.ts', status: 'failed', message: 'no folder', assertionResults: [assertion('skipped', 'holds')] },
  ]
  expect(vitestFailures({ testResults }, '/house')).toEqual([
    { file: 'a.test.ts', test: '', message: 'Cannot find module' },
    { file: 'b.test.ts', test: '', message: 'no folder' },
  ])
})

test('Playwright: lists unexpected and flaky tests at any depth, without colours, and errors outside tests', () => {
  const spec = (title: string, status: string, message: string) =>
    ({ title, file: 'run.spec.ts', tests: [{ status, results: [{ errors: [] }, { errors: [{ message }] }] }] })
  const suites = [{
    title: 'run.spec.ts',
    specs: [spec('opens', 'expected', ''), spec('closes', 'unexpected', '\u001b[31mError: no window\u001b[39m\nCall log')],
    suites: [{ title: 'a run', specs: [spec('is watched', 'flaky', 'Timeout')] }],
  }]
  const errors = [{ message: 'SyntaxError: odd', location: { file: '/house/test/e2e/odd.spec.ts' } }, {}]
  expect(playwrightFailures({ suites, errors }, '/house')).toEqual([
    { file: 'run.spec.ts', test: 'closes', message: 'Error: no window' },
    { file: 'run.spec.ts', test: 'a run is watched', message: 'Timeout', unsteady: true },
    { file: 'test/e2e/odd.spec.ts', test: '', message: 'SyntaxError: odd' },
    { file: '', test: '', message: 'no message' },
  ])
})

test('a failure is one line with its step, file and test', () => {
  expect(failureLine('unit tests', { file: 'a.test.ts', test: 'holds', message: 'Error: no' })).toBe('✗ unit tests › a.test.ts › holds: Error: no')
  expect(failureLine('unit tests', { file: 'a.test.ts', test: '', message: 'Error: no' })).toBe('✗ unit tests › a.test.ts: Error: no')
  expect(failureLine('unit tests', { file: 'a.test.ts', test: 'holds', message: 'Error: no', unsteady: true }))
    .toBe('⚠ passed when tried again: unit tests › a.test.ts › holds: Error: no')
})
