import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runsToJson } from '../../../src-main/transfer/run-json.ts'
import { epoch, run } from './support.ts'

interface Document {
  format: string
  version: number
  runs: { epochs: { mse: number | string }[] }[]
}

const read = (text: string) => JSON.parse(text) as Document

it('contains all data of each run', () => {
  const runs = [run({ name: 'a' }), run({ name: 'b' }, [epoch(), epoch({ epoch: 2 })])]
  expect(read(runsToJson(runs))).toEqual({ format: 'chalcogen-runs', version: 1, runs })
})

it('reads back every number exactly; numbers that JSON lacks are strings', () => {
  const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0))
  fc.assert(fc.property(metric, (mse) => {
    const kept = read(runsToJson([run({}, [epoch({ mse })])])).runs[0].epochs[0].mse
    expect(Number(kept)).toBe(mse)
    expect(typeof kept).toBe(Number.isFinite(mse) && !Object.is(mse, -0) ? 'number' : 'string')
  }))
})
