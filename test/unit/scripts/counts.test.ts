import { expect, test } from 'vitest'
import { playwrightCounts, stepCounts, total, vitestCounts } from '../../../scripts/results/counts.ts'

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] }

test('uses vitest\'s own counts', () => {
  expect(vitestCounts({ ...report, numFailedTests: 2 })).toEqual({ passed: 5, failed: 2, skipped: 1 })
})

test('counts a test file that fails to load, but not one whose failed tests are already counted', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}] },
  ]
  expect(vitestCounts({ ...report, numFailedTests: 1, testResults }).failed).toBe(2)
})

test('counts errors outside Playwright\'s tests as failures, and a test that passed when it was tried again as passed', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
  expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 2, skipped: 2 })
})

test('counts a step that fails without a failed test as one failure', () => {
  expect(stepCounts(1, null)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(stepCounts(1, { passed: 4, failed: 0, skipped: 0 })).toEqual({ passed: 4, failed: 1, skipped: 0 })
  expect(stepCounts(1, { passed: 4, failed: 2, skipped: 0 }).failed).toBe(2)
})

test('counts a step that ran no test as failed, but not a check that passed', () => {
  expect(stepCounts(0, { passed: 0, failed: 0, skipped: 3 }).failed).toBe(1)
  expect(stepCounts(0, null).failed).toBe(0)
})

test('adds up the counts of all steps', () => {
  expect(total([{ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 }]))
    .toEqual({ passed: 11, failed: 22, skipped: 33 })
})
