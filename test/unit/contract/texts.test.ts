import fc from 'fast-check'
import { expect, it } from 'vitest'
import { outcomes, reasons } from '../../../src-engine/statistics/comparison.ts'
import { type Annotation, runSummarySchema } from '../../../src-main/contract/run.ts'
import { texts } from '../../../src-main/contract/texts.ts'
import { run } from '../transfer/support.ts'

it('a list of runs reads back unchanged, including NaN, infinities and −0', () => {
  const real = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, null))
  const some = fc.record({
    loss: real, lossLast20: real, meanRateHz: real, secondsPerSequence: real, name: fc.string({ unit: 'binary' }), seed: fc.maxSafeNat(),
    outcome: fc.option(fc.constantFrom(...outcomes)), reasons: fc.subarray([...reasons]), secondsComputed: fc.option(fc.nat()),
    checkpoint: fc.option(fc.nat()), error: fc.option(fc.constant({ code: 'engine-error', message: 'it "broke"\n' })),
  }, { noNullPrototype: true })
  const readable = fc.oneof(fc.constant({}), fc.record({ unreadable: fc.string(), unverified: fc.constant(true as const), annotation: fc.constant({ name: 'mine', tags: ['a', 'b'], note: '# é', starred: true } as Annotation) }, { noNullPrototype: true }))
  fc.assert(fc.property(fc.array(fc.tuple(some, readable), { maxLength: 5 }), (runs) => {
    const summaries = runs.map(([one, more]) => ({ ...run(one).summary, ...more }))
    const { encode, decode } = texts['runs.list']
    expect(decode(encode(summaries))).toStrictEqual(summaries)
  }))
})

it('a list of runs keeps everything that a summary can have', () => {
  const whole = runSummarySchema.parse({
    ...run().summary, unverified: true, unreadable: 'why', annotation: { name: 'mine', tags: [], note: '', starred: false },
  })
  expect(Object.keys(whole).toSorted()).toEqual(Object.keys(runSummarySchema.shape).toSorted())
  const { encode, decode } = texts['runs.summaries']
  expect(decode(encode([whole]))).toStrictEqual([whole])
})

it('values of groups and runs read back unchanged, including NaN, infinities and −0', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0))
  const value = fc.oneof(number, fc.string(), fc.boolean(), fc.array(fc.string()), fc.constant(null))
  const cell = fc.oneof(
    fc.record({ kind: fc.constant('number' as const), n: fc.nat(), mean: number, sd: fc.option(number) }, { noNullPrototype: true }),
    fc.record({ kind: fc.constant('value' as const), value, different: fc.nat() }, { noNullPrototype: true }),
  )
  const keys = fc.array(value)
  const group = fc.record({ key: fc.string(), keys, runs: fc.nat(), cells: fc.array(cell) }, { noNullPrototype: true })
  fc.assert(fc.property(fc.array(group), (groups) => {
    const answer = { ok: true as const, total: 1, notIndexed: 0, groups }
    const { encode, decode } = texts['runs.groups']
    expect(decode(encode(answer))).toStrictEqual(answer)
  }))
})
