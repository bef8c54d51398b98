import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_SPEC_BYTES, readSpec, sizeProblem } from '../../../../src-engine/experiment/document.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import type { RunDetail } from '../../../../src-main/contract/run.ts'
import { runsToJson } from '../../transfer/support.ts'

const spec = specSchema.parse({ seed: 7, scheme: { kind: 'sign' } })

test('reads back a complete spec, and fills in defaults', () => {
  expect(readSpec(JSON.stringify(spec))).toEqual({ ok: true, spec })
  expect(readSpec('{"seed": 7, "conventions": "published"}')).toMatchObject({ ok: true, spec: { seed: 7, conventions: { rounding: 'truncate', timeline: 'immediate' } } })
})

test('reads the spec of one exported run, and refuses several', async () => {
  const run = { summary: {}, spec, environment: {}, epochs: [], arrays: [] } as unknown as RunDetail
  expect(readSpec(await runsToJson([run]))).toEqual({ ok: true, spec })
  expect(readSpec(await runsToJson([run, run]))).toMatchObject({ ok: false, problems: [{ found: '2 exported runs' }] })
})

test('reads a document with a byte order mark', async () => {
  const exported = await runsToJson([{ summary: {}, spec, environment: {}, epochs: [], arrays: [] } as unknown as RunDetail])
  expect(readSpec(`\ufeff${JSON.stringify(spec)}`)).toEqual({ ok: true, spec })
  expect(readSpec(`\ufeff${exported}`)).toEqual({ ok: true, spec })
})

test.each(['', 'seed: 7', '{"seed": NaN}', '{"seed": 1', '\u0000'])('refuses %j, which is not JSON', (text) => {
  expect(readSpec(text)).toMatchObject({ ok: false, problems: [{ path: '', rule: expect.stringMatching(/^must be a JSON document\. ./) }] })
})

test('lists every problem by its path', () => {
  const document = { seed: '1', training: { epochs: 0, epoch: 1 }, device: [], scheme: { kind: 'magic' } }
  const read = readSpec(JSON.stringify(document))
  expect(read.ok ? [] : read.problems.map(({ path }) => path)).toEqual(['seed', 'scheme.kind', 'device', 'training.epochs', 'training.epoch'])
})

test('reads any JSON as a spec or refuses it with a reason', () => {
  fc.assert(fc.property(fc.json(), (text) => {
    const read = readSpec(text)
    if (!read.ok) expect(read.problems.length).toBeGreaterThan(0)
  }))
})

test('refuses files larger than 10 MB', () => {
  expect(sizeProblem(MOST_SPEC_BYTES)).toBeNull()
  expect(sizeProblem(12_345_678)).toEqual({ path: '', rule: 'must be at most 10 MB', found: '12.3 MB' })
})
