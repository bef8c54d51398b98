import fc from 'fast-check'
import { expect, it } from 'vitest'
import { outcomes, reasons } from '../../../src-engine/statistics/comparison.ts'
import type { Annotation } from '../../../src-main/contract/run.ts'
import { texts } from '../../../src-main/contract/texts.ts'
import { run } from '../transfer/support.ts'

it('a list of runs reads back unchanged, including NaN, infinities and −0', () => {
  const real = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, null))
  const some = fc.record({
    loss: real, lossLast20: real, meanRateHz: real, secondsPerSequence: real, name: fc.string({ unit: 'binary' }), seed: fc.maxSafeNat(),
    outcome: fc.option(fc.constantFrom(...outcomes)), reasons: fc.subarray([...reasons]), secondsComputed: fc.option(fc.nat()),
    checkpoint: fc.option(fc.nat()), error: fc.option(fc.constant({ code: 'engine-error', message: 'it "broke"\n' })),
  }, { noNullPrototype: true })
  const readable = fc.oneof(fc.constant({}), fc.record({ unreadable: fc.string(), annotation: fc.constant({ name: 'mine', tags: ['a', 'b'], note: '# é', starred: true } as Annotation) }, { noNullPrototype: true }))
  fc.assert(fc.property(fc.array(fc.tuple(some, readable), { maxLength: 5 }), (runs) => {
    const summaries = runs.map(([one, more]) => ({ ...run(one).summary, ...more }))
    const { encode, decode } = texts['runs.list']
    expect(decode(encode(summaries))).toStrictEqual(summaries)
  }))
})
