import type { SynapseUpdates } from '../analysis/recording.ts'
import type { Line, NumberAxis } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import type { Chart, Table } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'
import { synapseName } from './synapse-history.ts'

export interface UpdatesData {
  /** Null if no recorded synapse is chosen. */
  updates: SynapseUpdates | null
}

/** Change of one synapse in each epoch, from the gradient to what became of it. */
export const updatesChart = (data: UpdatesData, palette: Palette): Chart => chartOf(data, palette, {
  title: 'Synapse updates',
  y: { scale: 'linear', name: 'ΔW per epoch' },
  lines: ({ requested, planned, actual }) => [
    ['Requested', requested, palette.second], ['Planned', planned, okabeIto.orange], ['Actual', actual, palette.accent],
  ],
  about: {
    sentence: 'Change of one synapse in each epoch, in weight units: as e-prop requested it, as the scheme planned it in whole steps or SET '
      + 'pulses, and as it turned out. The table also has its gradient and pulses.',
    equation: 'requested ΔW = −η·gradient; planned = whole steps δ, or SETs·ε/scale; actual = Δ(Σ G⁺ − Σ G⁻)/scale',
  },
})

/** Pulses of one synapse in each epoch. */
export const updatePulsesChart = (data: UpdatesData, palette: Palette): Chart => chartOf(data, palette, {
  title: 'Synapse pulses per epoch',
  y: { scale: 'linear', name: 'Pulses', from: 0, isWhole: true },
  lines: ({ pulses }) => (pulses === null ? [] : [
    ['SETs on G⁺', pulses.setsPlus, palette.accent], ['SETs on G⁻', pulses.setsMinus, okabeIto.orange],
    ['RESETs', pulses.resets, okabeIto.vermilion], ['Refreshes', pulses.refreshes, okabeIto.green],
  ]),
  about: {
    sentence: 'Pulses that one synapse received in each epoch, summed over its device pairs. The pulses of a refresh are included in SETs '
      + 'and RESETs.',
    equation: 'pulses = trunc(|ΔW|·scale/ε), or one for each whole step δ',
  },
})

interface Look extends Pick<Chart, 'title' | 'about'> {
  y: NumberAxis
  lines: (updates: SynapseUpdates) => [entry: string, y: number[], colour: string][]
}

function chartOf({ updates }: UpdatesData, palette: Palette, { title, y, lines: linesOf, about }: Look): Chart {
  const x = updates?.epochs ?? []
  const lines = (updates ? linesOf(updates) : []).map(([entry, values, colour]): Line => ({ kind: 'line', entry, x, y: values, colour }))
  const gaps = gapsOf(lines, palette.warning)
  return {
    title,
    plot: { title: '', x: { scale: 'linear', name: 'Epoch', from: x[0] ?? 0, isWhole: true }, y, marks: [...lines, ...gaps.marks] },
    key: [...lines.map(entryOf), ...gaps.key],
    table: () => tableOf(updates),
    notes: updates === null ? [] : [nameOf(updates), ...gaps.notes],
    about,
    empty: emptyBecause(updates, lines),
  }
}

function tableOf(updates: SynapseUpdates | null): Table {
  const { epochs = [], gradient = [], requested = [], planned = [], actual = [], pulses = null } = updates ?? {}
  const columns: [string, readonly number[]][] = [
    ['Epoch', epochs], ['Gradient', gradient], ['Requested ΔW', requested], ['Planned ΔW', planned], ['Actual ΔW', actual],
    ...(pulses === null ? [] : [
      ['SETs on G⁺', pulses.setsPlus], ['SETs on G⁻', pulses.setsMinus], ['RESETs', pulses.resets], ['Refreshes', pulses.refreshes],
    ] satisfies [string, number[]][]),
  ]
  return { columns: columns.map(([name]) => name), rows: epochs.map((_, row) => columns.map(([, values]) => values[row]!)) }
}

const nameOf = ({ synapse: { layer, from, to } }: SynapseUpdates) => synapseName({ layer, pre: from, post: to })

function emptyBecause(updates: SynapseUpdates | null, lines: readonly Line[]): string | null {
  if (updates === null) return 'Choose a recorded synapse. A neuron has no updates of its own.'
  return lines.length === 0 ? 'This scheme uses digital weights: there are no devices and no pulses.' : null
}
