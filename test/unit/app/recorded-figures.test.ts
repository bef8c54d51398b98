import { expect, it } from 'vitest'
import { checkFigure } from '../../../src-engine/charts/figure-document.ts'
import type { TrainingEvent } from '../../../src-engine/training/events.ts'
import { kernelsFor } from '../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../src-engine/training/trainer.ts'
import { type FigureSource, makeFigure } from '../../../src-main/app/figures.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'
import { schemeSettings, small } from '../engine/training/small.ts'
import { run } from '../transfer/support.ts'

const runId = '0recorded0'
const spec = small({
  scheme: schemeSettings('mixed-precision'), training: { epochs: 4 },
  recording: { traces: { neurons: [7], synapses: [{ layer: 'input', from: 3, to: 5 }], every: 2 } },
})
const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
const events: TrainingEvent[] = []
while (!trainer.done) events.push(...trainer.step())
const saved = events.flatMap((event) => (event.kind === 'snapshot' || event.kind === 'recording'
  ? event.arrays.map((array) => ({ ...array, epoch: event.epoch })) : []))
const find = (epoch: number, kind: string, name: string) =>
  saved.find((one) => one.epoch === epoch && one.kind === kind && one.name === name)!
const detail = { ...run({ runId }), spec, arrays: saved }
const source = {
  get: async () => detail,
  array: async (_runId: string, epoch: number, kind: string, name: string) => ({ data: find(epoch, kind, name).data }),
} as unknown as FigureSource

const figureOf = async (panel: object) => {
  const checked = checkFigure({ version: 1, panels: [{ runs: [{ run: runId }], layer: 'input', synapse: { pre: 3, post: 5 }, ...panel }] })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const { panels: [made], warnings } = await makeFigure(source, checked.document)
  const lines = made!.plots.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'line' ? [{ entry: mark.entry, y: [...mark.y as number[]] }] : [])))
  return { lines, warnings, notes: made!.notes }
}

it('a figure shows recorded traces of a synapse or a neuron, in the last or a chosen epoch', async () => {
  const eligibility = await figureOf({ chart: 'eligibility', snapshot: 2 })
  expect(eligibility.lines[0]!.y).toEqual([...find(2, 'recorded.eligibility', 'input-3-5').data])
  expect(eligibility.notes).toContain('epoch 2, pattern 1')
  const membrane = await figureOf({ chart: 'membrane', layer: 'output', synapse: { pre: 0, post: 7 } })
  expect(membrane.lines[0]!.y).toEqual([...find(4, 'recorded.membrane', 'neuron-7').data])
  expect(membrane.warnings).toEqual([])
})

it('a figure shows the recorded updates of a synapse, and says what was not recorded', async () => {
  const { lines } = await figureOf({ chart: 'updates' })
  expect(lines.map(({ entry, y }) => [entry, y.length])).toEqual([['Requested', 4], ['Planned', 4], ['Actual', 4]])
  const pulses = await figureOf({ chart: 'update-pulses' })
  expect(pulses.lines[0]!.y).toEqual([2, 4].flatMap((epoch) => {
    const { data } = find(epoch, 'recorded.pulses', 'input-3-5')
    return [data[0], data[4]]
  }))
  expect((await figureOf({ chart: 'eligibility', synapse: { pre: 2, post: 5 } })).warnings).toEqual(
    ['Eligibility traces were not recorded for this choice. Choose another neuron or synapse.'])
  expect(checkFigure({ version: 1, panels: [{ chart: 'audit', runs: [{ run: runId }] }] }).ok).toBe(false)
})
