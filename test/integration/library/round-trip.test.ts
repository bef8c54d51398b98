import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addRun, metricsOf, openNew, packed, type PlainArray } from './support.ts'

const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 5e-324, Number.MAX_VALUE))
const count = fc.maxSafeNat()
const plain = { noNullPrototype: true } as const

it('keeps every bit of every metric, including NaN, infinities and −0', async () => {
  const library = await openNew()
  const someMetrics = fc.record({
    loss: anyNumber,
    meanRateHz: anyNumber,
    silent: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    zeroSurrogate: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    alwaysFiring: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    saturated: anyNumber,
    patternLosses: fc.array(anyNumber, { maxLength: 5 }),
    metrics: fc.dictionary(fc.string({ minLength: 1, maxLength: 40 }).filter((id) => id !== '__proto__'), anyNumber, { maxKeys: 3, noNullPrototype: true }),
    ledger: fc.record({ set: count, reset: count, refresh: count, read: count }, plain),
  }, plain)
  await fc.assert(fc.asyncProperty(someMetrics, async (some) => {
    const runId = await addRun(library)
    await library.appendEpochs(runId, [metricsOf(1, some)])
    const { summary, epochs } = await library.get(runId)
    expect(epochs).toStrictEqual([metricsOf(1, some)])
    expect(summary.loss).toBe(some.loss)
    expect(summary.meanRateHz).toBe(some.meanRateHz)
    expect(summary.ledger).toEqual(some.ledger)
  }), { numRuns: 60 })
})

const anyArray = fc.oneof(
  fc.float32Array({ maxLength: 60 }),
  fc.uint16Array({ maxLength: 60 }),
  fc.uint32Array({ maxLength: 60 }),
)

it('keeps every byte of every array, and its shape', async () => {
  const library = await openNew()
  const runId = await addRun(library)
  let epoch = 0
  await fc.assert(fc.asyncProperty(anyArray, fc.boolean(), async (data, column) => {
    epoch += 1
    const shape = column ? [data.length, 1] : [data.length]
    await library.putArrays(runId, epoch, [packed({ kind: 'weight', name: 'input', shape, data })])
    const read = await library.array(runId, epoch, 'weight', 'input')
    expect(read.data.constructor).toBe(data.constructor)
    expect(bytes(read.data)).toEqual(bytes(data))
    expect(read.info).toMatchObject({ epoch, kind: 'weight', name: 'input', shape, bytes: data.byteLength })
  }), { numRuns: 60 })
})

it('saves only the given part of a larger buffer, and leaves it with the caller', async () => {
  const library = await openNew()
  const runId = await addRun(library)
  const data = Float32Array.from([9, 1, 2, 9]).subarray(1, 3)
  await library.putArrays(runId, 1, [packed({ kind: 'weight', name: 'input', shape: [2], data })])
  expect([...data]).toEqual([1, 2])
  const read = await library.array(runId, 1, 'weight', 'input')
  expect([...read.data]).toEqual([1, 2])
})

const bytes = (data: PlainArray['data']) => [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
