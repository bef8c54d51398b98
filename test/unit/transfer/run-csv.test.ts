import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import { epoch, epochsToCsv, patternsToCsv, run, runsToCsv } from './support.ts'

type Row = Record<string, string>
const read = (text: string) => Papa.parse<Row>(text, { header: true, skipEmptyLines: true }).data
const noArms = new Map()
const metric = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324))

describe('the table of epochs', () => {
  it('has one row per run and epoch, with columns in this order', async () => {
    const text = await epochsToCsv([run({ runId: '0first000' }, [epoch(), epoch({ epoch: 2 })]), run({ runId: '0second00' })], noArms)
    expect(text.split('\r\n')[0]).toBe(
      'runId,name,preset,sweepId,arm,armLabel,scheme,seed,status,outcome,reasons,epoch,loss,mse,meanRateHz,silent,zeroSurrogate,alwaysFiring,set,reset,refresh,read,saturated',
    )
    expect(read(text).map((row) => [row.runId, row.epoch])).toEqual([['0first000', '1'], ['0first000', '2'], ['0second00', '1']])
    expect(read(text)[1]).toMatchObject({ scheme: 'fp32', seed: '42', set: '10', reset: '2', refresh: '1', read: '400', silent: '0', zeroSurrogate: '0.5', alwaysFiring: '0', saturated: '0' })
  })

  it('reads back every metric exactly', async () => {
    const epochs = fc.array(fc.record({ loss: metric, meanRateHz: metric, saturated: metric }), { minLength: 1, maxLength: 40 })
    await fc.assert(fc.asyncProperty(epochs, async (all) => {
      const rows = read(await epochsToCsv([run({}, all.map(epoch))], noArms))
      expect(rows.map((row) => [Number(row.loss), Number(row.meanRateHz), Number(row.saturated)]))
        .toEqual(all.map(({ loss, meanRateHz, saturated }) => [loss, meanRateHz, saturated]))
    }), { numRuns: 10 })
  })
})

describe('the table of patterns', () => {
  it('has one row per run, epoch and pattern', async () => {
    const epochs = [epoch({ patternLosses: [0.5, NaN] }), epoch({ epoch: 2, patternLosses: [-0, 0.25] })]
    const rows = read(await patternsToCsv([run({}, epochs)], noArms))
    expect(rows.map(({ runId, epoch, pattern, loss }) => [runId, epoch, pattern, loss])).toEqual([
      ['0run00001', '1', '0', '0.5'], ['0run00001', '1', '1', 'NaN'], ['0run00001', '2', '0', '-0'], ['0run00001', '2', '1', '0.25'],
    ])
  })
})

describe('the table of runs', () => {
  it('has one row per run, with empty cells for missing values', async () => {
    const error = { code: 'diverged', message: 'the loss, "so far", is NaN\nat epoch 3' }
    const rows = read(await runsToCsv([run({ loss: null }), run({ loss: NaN, seed: 7, error })], noArms))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ loss: '', lossLast20: '0.5', mse: '', mseLast20: '0.5', status: 'done', startedAt: '', errorCode: '', digest: 'ab' })
    expect(rows[1]).toMatchObject({ loss: 'NaN', seed: '7', errorCode: error.code, errorMessage: error.message.replace('\n', '\\n') })
  })

  it('has the cost of the initial state', async () => {
    const onDevices = specSchema.parse({ scheme: { kind: 'sign' }, device: { initialConductance: 2.9 } })
    const [digital, crossbar] = read(await runsToCsv([run(), { ...run(), spec: onDevices }], noArms))
    expect([digital!.devices, digital!.initialSet, digital!.initialReset]).toEqual(['0', '0', '0'])
    // 100 × (100 + 100 + 1) synapses without self-connections, two devices each, two SETs per device.
    expect([crossbar!.devices, crossbar!.initialSet, crossbar!.initialReset]).toEqual(['40000', '80000', '40000'])
  })

  it('has the outcome with its reasons, and the computed time', async () => {
    const diverged = run({ outcome: 'diverged', reasons: ['saturation', 'loss grew'], secondsComputed: 12.5 })
    const rows = read(await runsToCsv([diverged, run({ secondsComputed: null })], noArms))
    expect(rows[0]).toMatchObject({ outcome: 'diverged', reasons: 'saturation; loss grew', secondsComputed: '12.5' })
    expect(rows[1]).toMatchObject({ outcome: '', reasons: '', secondsComputed: '' })
  })

  it('reads back names on one line exactly, except for the mark before a formula', async () => {
    const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(',', '"', ' ', 'a') }))
    await fc.assert(fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 40 }), async (texts) => {
      const rows = read(await runsToCsv(texts.map((text) => run({ name: text })), noArms))
      for (const [index, text] of texts.entries()) expect([text, `'${text}`]).toContain(rows[index]!.name)
    }), { numRuns: 10 })
  })

  it.for(['=1+1', '+1', '-1+cmd', '@SUM(A1)', ' =1', '＝1'])('marks the name %j as text', async (name) => {
    expect(read(await runsToCsv([run({ name })], noArms))[0]!.name).toBe(`'${name}`)
  })

  it('writes a name with a line break or a tab on one line, and marks formulas after semicolons', async () => {
    const names = ['a\n=1', '\t=1', 'x;=HYPERLINK(0)'].map((name) => run({ name }))
    expect(read(await runsToCsv(names, noArms)).map(({ name }) => name)).toEqual(['a\\n=1', '\\t=1', "x;'=HYPERLINK(0)"])
  })

  it('does not change negative numbers and plain names', async () => {
    const [row] = read(await runsToCsv([run({ name: 'a=b -1', loss: -0.25, meanRateHz: -Infinity })], noArms))
    expect(row).toMatchObject({ name: 'a=b -1', loss: '-0.25', meanRateHz: '-Infinity' })
  })
})

describe('the runs of a sweep', () => {
  const sweepId = 'sweep0001'
  const spec = (some: object) => specSchema.parse({ training: { epochs: 10 }, ...some })
  const ofSweep = (arm: number, some: object, summary: object = {}) =>
    ({ ...run({ runId: `0run0000${arm}`, sweep: { sweepId, arm }, ...summary as Partial<RunSummary> }), spec: spec(some) })
  const runs = [
    ofSweep(0, { learning: { rateInput: 0.0000774251 }, scheme: { kind: 'fp32' } }),
    ofSweep(1, { learning: { rateInput: 0.0001 }, scheme: { kind: 'mixed-precision', accumulatorStep: 0.1 + 0.2 } }, {
      outcome: 'diverged', reasons: ['not a number', 'runaway rates'],
    }),
  ]
  const change = (value: number) => [{ path: 'learning.rateInput', value }, { path: 'learning.rateOutput', value: 0.5 }]
  const arms = new Map([[sweepId, [{ label: 'Rate 7.74251 × 10⁻⁵', changes: change(0.0000774251) }, { label: 'Rate 0.0001', changes: change(0.0001) }]]])

  it('have their sweep, arm, label, scheme and every parameter that was swept or differs, with all digits', async () => {
    for (const text of [await runsToCsv(runs, arms), await epochsToCsv(runs, arms)]) {
      const [first, second] = read(text)
      expect(first).toMatchObject({
        sweepId, arm: '0', armLabel: 'Rate 7.74251 × 10⁻⁵', scheme: 'fp32', seed: '42',
        'learning.rateInput': '0.0000774251', 'scheme.accumulatorStep': '', outcome: '', reasons: '',
      })
      expect(second).toMatchObject({
        arm: '1', armLabel: 'Rate 0.0001', 'learning.rateInput': '0.0001', 'scheme.accumulatorStep': String(0.1 + 0.2),
        outcome: 'diverged', reasons: 'not a number; runaway rates',
      })
      // Swept, although it is the same in both arms.
      expect(first).toHaveProperty(['learning.rateOutput'])
    }
  })

  it('have parameters that are the same in all runs only in the table of runs, after everything else', async () => {
    const [first] = read(await runsToCsv(runs, arms))
    expect(first).toMatchObject({ 'training.epochs': '10', 'task.kind': 'sinusoids' })
    const names = Object.keys(first!)
    expect(names.slice(names.indexOf('errorMessage') + 1)).toEqual(expect.arrayContaining(['training.epochs', 'learning.rateRecurrent']))
    expect(read(await epochsToCsv(runs, arms))[0]).not.toHaveProperty(['learning.rateRecurrent'])
  })

  it('keep their parameters if the sweep was deleted', async () => {
    const [first] = read(await runsToCsv(runs, new Map()))
    expect(first).toMatchObject({ sweepId, arm: '0', armLabel: '', 'learning.rateInput': '0.0000774251' })
  })

  it('read back every parameter exactly', async () => {
    const rate = fc.double({ min: 1e-9, max: 1, noNaN: true })
    await fc.assert(fc.asyncProperty(fc.uniqueArray(rate, { minLength: 2, maxLength: 40 }), async (rates) => {
      const rows = read(await runsToCsv(rates.map((rateInput, arm) => ofSweep(arm, { learning: { rateInput } })), arms))
      expect(rows.map((row) => Number(row['learning.rateInput']))).toEqual(rates)
    }), { numRuns: 10 })
  })
})
