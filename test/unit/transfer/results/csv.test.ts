import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { armsCsv, runsCsv } from '../../../../src-main/transfer/results/csv.ts'
import type { StudySection } from '../../../../src-main/transfer/results/report.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const report = studyReport()

const rowsOf = (text: string) => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data

const sectionWith = (...arms: Parameters<typeof comparisonOf>[0]): StudySection =>
  ({ id: 'schemes', title: 'Schemes', intro: [], kind: 'schemes', comparison: comparisonOf(arms) })

test('reads back every number of a run exactly', () => {
  const any = fc.double()
  const count = fc.nat({ max: Number.MAX_SAFE_INTEGER })
  fc.assert(fc.property(any, any, count, count, (loss, energy, set, seed) => {
    const section = sectionWith(armOf('A', [runOf({ loss, energy, set, seed })]))
    const row = rowsOf(runsCsv({ ...report, sections: [section] }))[0]!
    expect([row.loss, row.energy, row.set, row.seed].map(Number)).toEqual([loss, energy, set, seed])
  }))
})

test('has the energy of WRITEs and of READs apart and the time of WRITEs, for runs and as means for arms', () => {
  const runs = [runOf({ set: 1000, reset: 10, read: 1e6 }), runOf({ seed: 202, set: 3000, reset: 10, read: 3e6 })]
  const section = sectionWith(armOf('A', runs), armOf('B', []))
  const [first, second] = rowsOf(runsCsv({ ...report, sections: [section] }))
  const costs = (row: Record<string, string>) => [row.writeEnergy, row.readEnergy, row.writeTime]
  // 50 pJ and 40 ns per SET, 100 pJ and 70 ns per RESET, 0.1 pJ per READ.
  expect(costs(first!).map(Number)).toEqual([0.051, 0.1, 0.0407])
  expect(costs(second!).map(Number)).toEqual([0.151, expect.closeTo(0.3, 12), 0.1207])
  const arms = new Map(rowsOf(armsCsv(section)).map((row) => [row.arm, row]))
  expect(costs(arms.get('A')!).map(Number)).toEqual([0.101, 0.2, 0.0807].map((value) => expect.closeTo(value, 12)))
  expect(costs(arms.get('B')!)).toEqual(['', '', ''])
})

test('reads back every number of an arm exactly, and leaves missing values empty', () => {
  const section = report.sections[0]!
  const rows = rowsOf(armsCsv(section))
  expect(rows).toHaveLength(section.comparison.arms.length)
  section.comparison.arms.forEach(({ label, sample, interval, test, set, outcomes }, index) => {
    const row = rows[index]!
    const number = (text: string) => (text === '' ? null : Number(text))
    expect(row.arm).toBe(label)
    expect(number(row.mean!)).toEqual(sample.n > 0 ? sample.mean : null)
    expect(number(row.sd!)).toEqual(sample.sd)
    expect([number(row.lower!), number(row.upper!)]).toEqual(interval ?? [null, null])
    expect([number(row.difference!), number(row.p!), number(row.pCorrected!)])
      .toEqual(test ? [test.difference, test.p, test.corrected] : [null, null, null])
    expect([number(row.set!), number(row.diverged!)]).toEqual([set, outcomes.diverged])
  })
})

test('includes scheme, mode and conventions of an arm if known', () => {
  const row = rowsOf(armsCsv(report.sections[0]!)).find(({ arm }) => arm === 'Sign, full PCM model, published')
  expect(row).toMatchObject({ scheme: 'sign', mode: 'full', conventions: 'published', mean: 'NaN', diverged: '2' })
  expect(rowsOf(armsCsv(sectionWith(armOf('A', [runOf()]))))[0]).toMatchObject({ scheme: '', mode: '', conventions: '' })
})

test('writes labels with commas, quotes and formulas as one text cell', () => {
  const rows = rowsOf(armsCsv(sectionWith(armOf('a, "b"', [runOf()]), armOf('=1+1', [runOf()]))))
  expect(rows.map(({ arm }) => arm)).toEqual(['a, "b"', '\'=1+1'])
})

test('includes the outcome of a run and its reasons', () => {
  const run = runOf({ loss: NaN, stability: { outcome: 'diverged', reasons: ['not a number', 'runaway rates'] } })
  const [row] = rowsOf(runsCsv({ ...report, sections: [sectionWith(armOf('A', [run]))] }))
  expect(row).toMatchObject({ section: 'schemes', arm: 'A', loss: 'NaN', outcome: 'diverged', reasons: 'not a number; runaway rates' })
})

test('names the sweep, the scheme and every swept parameter of an arm in full precision', () => {
  const changes = (value: number) => [{ path: 'learning.rateInput', value }, { path: 'task.frequencies', value: [1, 2.5] }]
  const section: StudySection = {
    ...sectionWith(armOf('Rate 7.74251 × 10⁻⁵', [runOf({ seed: 3 })]), armOf('Rate 0.0001', [runOf({ seed: 4 })])),
    sweep: { sweepId: 'sweep0001', arms: [{ scheme: 'sign', changes: changes(0.0000774251) }, { scheme: 'fp32', changes: changes(0.0001) }] },
  }
  for (const [first, second] of [rowsOf(armsCsv(section)), rowsOf(runsCsv({ ...report, sections: [section] }))]) {
    expect(first).toMatchObject({
      sweepId: 'sweep0001', arm: 'Rate 7.74251 × 10⁻⁵', scheme: 'sign', 'learning.rateInput': '0.0000774251', 'task.frequencies': '[1,2.5]',
    })
    expect(second).toMatchObject({ scheme: 'fp32', 'learning.rateInput': '0.0001' })
  }
  expect(rowsOf(runsCsv({ ...report, sections: [section] }))[0]).toMatchObject({ runId: 'unlike-elsewhere', seed: '3', outcome: 'learned' })
})

test('has no ids for a study that is the same in every library', () => {
  const [head] = runsCsv(report).split('\r\n')
  expect(head).toBe('section,arm,seed,loss,epochs,set,reset,read,energy,writeEnergy,readEnergy,writeTime,outcome,reasons')
})
