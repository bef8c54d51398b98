import { type Check, verifyAgainst } from '../app/verification.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { goldenDir, kernels } from './surroundings.ts'

export async function verifyEngine({ golden = [] }: { golden?: string[] }, output: Output): Promise<number> {
  const checks = await verifyAgainst(golden.map(typedPath), {
    goldenDir,
    kernels,
    onCheck: (check) => output.say(describe(check)),
  })
  const failed = checks.filter(({ pass }) => !pass).length
  output.result(checks, failed === 0 ? `All ${checks.length} checks passed.` : `${failed} of ${checks.length} checks failed.`)
  return failed === 0 ? DONE : FAILED
}

const describe = ({ name, measured, expected, tolerance, pass }: Check) =>
  `${pass ? 'pass' : 'FAIL'}  ${name}: ${measured}, expected ${expected}, tolerance ${tolerance}`
