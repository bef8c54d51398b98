import fc from 'fast-check'
import { expect, it } from 'vitest'
import { epoch, run, runsToJson } from './support.ts'

interface Document {
  format: string
  version: number
  runs: { epochs: { mse: number | string }[] }[]
}

const read = (text: string) => JSON.parse(text) as Document

it('contains all data of each run', async () => {
  const runs = [run({ name: 'a' }), run({ name: 'b' }, [epoch(), epoch({ epoch: 2 })])]
  expect(read(await runsToJson(runs))).toEqual({ format: 'chalcogen-runs', version: 1, runs })
})

it('reads back every number exactly; numbers that JSON lacks are strings', async () => {
  const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0))
  await fc.assert(fc.asyncProperty(metric, async (mse) => {
    const kept = read(await runsToJson([run({}, [epoch({ mse })])])).runs[0].epochs[0].mse
    expect(Number(kept)).toBe(mse)
    expect(typeof kept).toBe(Number.isFinite(mse) && !Object.is(mse, -0) ? 'number' : 'string')
  }))
})

it('is laid out as one document would be, with any number of epochs', async () => {
  for (const counts of [[], [0], [1], [2], [5], [3, 0, 4]]) {
    const runs = counts.map((count) => run({ name: 'a\n"b"' }, Array.from({ length: count }, (_, index) => epoch({ epoch: index + 1 }))))
    expect(await runsToJson(runs)).toBe(`${JSON.stringify({ format: 'chalcogen-runs', version: 1, runs }, null, 2)}\n`)
  }
})
