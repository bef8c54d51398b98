import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultRows } from '../../../scripts/results/fault-rows.ts'
import { faultTable, playwrightFaults, vitestFaults } from '../../../scripts/results/faults.ts'
import { root } from '../../../scripts/runtime/paths.ts'

const testNames = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true }).map(String)
  .filter((name) => /\.(test|spec)\.ts$/.test(name)).map((name) => readFileSync(join(root, folder, name), 'utf8'))

test('every fault has a test that names it', () => {
  const folders = ['test/fault', 'test/e2e', 'test/integration', 'test/unit/library', 'test/unit/runs']
  const texts = folders.flatMap(testNames).join('\n')
  const missing = Object.keys(faultRows).filter((row) => !texts.includes(`fault ${row}:`))
  expect(missing).toEqual([])
})

test('a fault has the result of its tests and fails without a test', () => {
  const node = vitestFaults({ testResults: [{ assertionResults: [
    { fullName: 'fault 4: an engine that throws', status: 'passed', meta: {} },
    { fullName: 'fault 5: a worker', status: 'passed', meta: {} },
    { fullName: 'fault 5: another worker', status: 'failed', meta: {} },
    { fullName: 'fault 16: disk full', status: 'pending', meta: { reason: 'needs root' } },
    { fullName: 'something else', status: 'failed', meta: {} },
  ] }] })
  const electron = playwrightFaults({ suites: [{ specs: [], suites: [{ specs: [
    { title: 'fault 1: the page crashes', tests: [{ status: 'expected', annotations: [] }] },
    { title: 'fault 2: the page hangs', tests: [{ status: 'flaky', annotations: [] }] },
    { title: 'fault 40: the .deb', tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'no dpkg' }] }] },
  ] }] }] })
  const table = new Map(faultTable([...node, ...electron]).map(({ row, verdict, line }) => [row, [verdict, line]]))
  expect([1, 2, 4, 5, 16, 40, 30].map((row) => table.get(row)![0])).toEqual(['passed', 'failed', 'passed', 'failed', 'skipped', 'skipped', 'failed'])
  expect(table.get(16)![1]).toContain('1 skipped: needs root')
  expect(table.get(40)![1]).toContain('no dpkg')
  expect(table.get(30)![1]).toContain('no test')
  expect(table.size).toBe(Object.keys(faultRows).length)
})
