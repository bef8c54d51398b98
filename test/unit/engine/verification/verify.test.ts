import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Check, verifyEngine } from '../../../../src-engine/verification/verify.ts'
import { type Arithmetic, arithmetics, implementations } from '../../../fixtures/kernels.ts'

const golden = (name: string) => JSON.parse(readFileSync(new URL(`../../../../resources/golden/${name}.json`, import.meta.url), 'utf8'))
const verify = (document: unknown, arithmetic: Arithmetic = 'float64') =>
  verifyEngine([{ source: 'test', document }], { [arithmetic]: implementations[arithmetic] })
const failures = (checks: Check[]) => checks.filter(({ pass }) => !pass).map(({ name }) => name)
const failed = (document: unknown) => failures(verify(document))

/** Timeout for statistics of a million draws. `verify-engine` in test/integration/cli/presets.test.ts compares all tables. */
const SLOW = 120_000

describe.each(arithmetics)('the engine in %s', (arithmetic) => {
  it.each(['small-one-output', 'two-outputs'])('reproduces the published sequence %s', (name) => {
    const checks = verify(golden(name), arithmetic)
    expect(checks).toHaveLength(9)
    expect(failures(checks)).toEqual([])
  })

  it('reproduces NEST\'s losses', () => {
    const checks = verify(golden('nest-sine-regression'), arithmetic)
    expect(checks).toHaveLength(5)
    expect(failures(checks)).toEqual([])
  })
})

describe('the verification', () => {
  it('detects a wrong spike, a wrong gradient and a wrong weight', () => {
    const document = golden('small-one-output')
    document.z[document.z.indexOf(1)] = 0
    document.grad_rec[40] += 2e-4
    document.w_out_after[3] += 1e-4
    expect(failed(document)).toEqual([
      expect.stringContaining('spikes that differ'), expect.stringContaining('recurrent gradient'), expect.stringContaining('readout weights'),
    ])
  })

  it('detects a loss that is off by a millionth', () => {
    const document = golden('nest-sine-regression')
    document.losses_first_5_nest[3] *= 1 + 1e-6
    expect(failed(document)).toEqual(['float64: NEST sine regression: loss 4'])
  })

  it.each([['c_reg', 0], ['gamma', 0.31]])('detects a change of NEST\'s losses by %s', (name, value) => {
    const document = golden('nest-sine-regression')
    document.parameters[name] = value
    expect(failed(document).length).toBeGreaterThanOrEqual(4)
  })

  it('detects a small error of drift and pulses', { timeout: SLOW }, () => {
    const document = golden('pcm-statistics')
    document.nu = 0.041
    document.set_pulses_gmax_12.rows[4][1] *= 1.01
    document.set_pulses_gmax_12.rows[1][4] += 0.01
    document.set_pulses_gmax_12.rows.length = 5
    const reads = document.single_read_gmax_12
    // Where an exponent of 0.041 instead of 0.04 is many standard errors away.
    reads.rows = reads.rows.filter(([conductance, age]: number[]) => conductance! >= 2 && age! >= 1000)
    const names = failed(document)
    expect(names).toContain('float64: PCM: G after 5 SET, mean')
    expect(names.filter((name) => name.includes('share'))).toEqual(['float64: PCM: G after 2 SET, share at the floor'])
    expect(names.filter((name) => name.includes('READ')).length).toBeGreaterThan(10)
  })

  it.each([
    ['a document that is not a golden file', { hello: 1 }, /n_in is missing/],
    ['a short matrix', { ...golden('two-outputs'), w_in: [1, 2] }, /w_in must have 300 values for the sizes given\. Found 2 values/],
    ['text that is not base64', { ...golden('nest-sine-regression'), w_out: '*' }, /w_out must be base64/],
    ['truncated data', { ...golden('nest-sine-regression'), target: 'AAAA' }, /target must have 8000 bytes for the sizes given\. Found 3 bytes/],
  ])('refuses %s and names the field', (_, document, message) => {
    expect(() => verify(document)).toThrow(message)
  })
})
