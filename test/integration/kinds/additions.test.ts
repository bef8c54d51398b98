import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyWith } from '../../../scripts/mutation/copy.ts'
import { root } from '../../../scripts/runtime/paths.ts'
import { add, additions } from '../../fixtures/additions/additions.ts'

/** Tests that run over every kind and name none. */
const overEveryKind = ['test/integration/kinds/every-kind.test.ts', 'test/unit/renderer/every-kind.test.ts']

let program: string
beforeAll(() => {
  program = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-additions-'))
  copyWith([], program)
})
afterAll(() => rmSync(program, { recursive: true }))

it('a lab’s own scheme, device, neuron and task run through the program with a line in one or two lists each', { timeout: 300_000 }, () => {
  for (const [addition, lines] of Object.entries(additions)) {
    expect(lines.length, addition).toBeLessThanOrEqual(2)
    add(addition, program)
  }
  const report = path.join(program, 'report.json')
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath, [vitest, 'run', ...overEveryKind, '--reporter=json', `--outputFile=${report}`],
    { cwd: program, encoding: 'utf8', env: { ...process.env, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined } },
  )
  expect(status, stdout + stderr).toBe(0)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { testResults: { assertionResults: { fullName: string }[] }[] }
  const names = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName }) => fullName)).join('\n')
  for (const [addition, [first]] of Object.entries(additions)) expect(names).toContain(`${addition} ${first!.name}`)
})
