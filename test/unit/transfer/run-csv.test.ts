import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { epochsToCsv, runsToCsv } from '../../../src-main/transfer/run-csv.ts'
import { epoch, run } from './support.ts'

type Row = Record<string, string>
const read = (text: string) => Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data
const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324))

describe('the table of epochs', () => {
  it('has one row per run and epoch, with columns in this order', () => {
    const text = epochsToCsv([run({ runId: '0first000' }, [epoch(), epoch({ epoch: 2 })]), run({ runId: '0second00' })])
    expect(text.split('\r\n')[0]).toBe('runId,name,preset,scheme,seed,epoch,mse,meanRateHz,silent,set,reset,refresh,read,saturated')
    expect(read(text).map((row) => [row.runId, row.epoch])).toEqual([['0first000', '1'], ['0first000', '2'], ['0second00', '1']])
    expect(read(text)[1]).toMatchObject({ scheme: 'fp32', seed: '42', set: '10', reset: '2', refresh: '1', read: '400', silent: '0', saturated: '0' })
  })

  it('reads back every metric exactly', () => {
    fc.assert(fc.property(metric, metric, metric, (mse, meanRateHz, saturated) => {
      const [row] = read(epochsToCsv([run({}, [epoch({ mse, meanRateHz, saturated })])]))
      expect([Number(row.mse), Number(row.meanRateHz), Number(row.saturated)]).toEqual([mse, meanRateHz, saturated])
    }))
  })
})

describe('the table of runs', () => {
  it('has one row per run, with empty cells for missing values', () => {
    const error = { code: 'diverged', message: 'the loss, "so far", is NaN\nat epoch 3' }
    const rows = read(runsToCsv([run({ mse: null }), run({ mse: NaN, seed: 7, error })]))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ mse: '', mseLast20: '0.5', status: 'done', startedAt: '', errorCode: '', digest: 'ab' })
    expect(rows[1]).toMatchObject({ mse: 'NaN', seed: '7', errorCode: error.code, errorMessage: error.message })
  })

  it('has the outcome with its reasons, and the computed time', () => {
    const rows = read(runsToCsv([run({ outcome: 'diverged', reasons: ['saturation', 'loss grew'], secondsComputed: 12.5 }), run({ secondsComputed: null })]))
    expect(rows[0]).toMatchObject({ outcome: 'diverged', reasons: 'saturation, loss grew', secondsComputed: '12.5' })
    expect(rows[1]).toMatchObject({ outcome: '', reasons: '', secondsComputed: '' })
  })

  it('reads back names exactly, except for the mark before a formula', () => {
    const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(',', '"', '\n', ' ', 'a') }))
    fc.assert(fc.property(name, (text) => {
      const [row] = read(runsToCsv([run({ name: text })]))
      expect([text, `'${text}`]).toContain(row.name)
    }))
  })

  it.for(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('marks the name %j as text', (name) => {
    expect(read(runsToCsv([run({ name })]))[0].name).toBe(`'${name}`)
  })

  it('does not change negative numbers and plain names', () => {
    const [row] = read(runsToCsv([run({ name: 'a=b -1', mse: -0.25, meanRateHz: -Infinity })]))
    expect(row).toMatchObject({ name: 'a=b -1', mse: '-0.25', meanRateHz: '-Infinity' })
  })
})
