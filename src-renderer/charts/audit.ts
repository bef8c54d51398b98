import type { ScatterSeriesOption } from 'echarts'
import type { UpdateAudit } from '../../src-engine/analysis/observation.ts'
import { projectionOf } from '../../src-engine/experiment/layers.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, xAxis, yAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import type { Figure } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import { lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface AuditData {
  /** One per layer; empty if none were recorded. */
  audits: readonly UpdateAudit[]
  /** Number of presynaptic neurons by layer. */
  pre: Readonly<Record<string, number>>
  /** Whether a stored snapshot is shown. Snapshots do not contain updates. */
  isStored: boolean
}

/** Figure of planned and actual changes in the update of one sequence, one point per synapse. */
export function auditFigure({ audits, pre, isStored }: AuditData, theme: ChartTheme): Figure {
  const scale = audits[0]?.scale ?? null
  const quantity = scale === null ? { name: 'ΔW' } : { name: 'ΔG', unit: 'µS' }
  const factor = scale ?? 1
  const base = baseOption(theme)
  const reach = reachOf(audits) * factor
  return {
    title: 'Planned and actual updates',
    option: {
      ...base,
      legend: legendOf(base.legend, [...audits.map(({ layer }) => ({ name: projectionOf(layer).title, icon: 'circle' })), lineEntry(EQUAL, 'dashed')]),
      tooltip: { show: false },
      xAxis: xAxis({ ...quantity, name: `Planned ${quantity.name}` }, theme),
      yAxis: yAxis({ ...quantity, name: `Actual ${quantity.name}` }, theme),
      series: [...audits.map((audit, index) => points(audit, factor, colours(theme)[index]!)), diagonal(reach, theme)],
    },
    table: () => tableOf(audits, pre),
    notes: audits.length === 0 ? [] : notesOf(audits),
    about: {
      sentence: 'Change of each synapse in one update: as planned, in whole steps or SET pulses, and as it turned out. '
        + 'Refreshed synapses are left out.',
      equation: 'requested ΔW = −η·gradient; planned = whole steps δ, or SETs·ε/scale; actual = Δ(Σ G⁺ − Σ G⁻)/scale',
    },
    empty: audits.length > 0 ? null : isStored
      ? 'Updates are available only while a run is live. Snapshots do not include them.'
      : 'Updates appear after the first sequence.',
  }
}

/** Legend entry of the diagonal. */
const EQUAL = 'Planned = actual'

const colours = (theme: ChartTheme) => [theme.accent, okabeIto.orange, okabeIto.green]

/** Largest planned change, in weight units. */
const reachOf = (audits: readonly UpdateAudit[]) =>
  audits.reduce((largest, { changes: { due } }) => due.reduce((most, change) => Math.max(most, Math.abs(change)), largest), 0)

const points = ({ layer, changes: { due, realised } }: UpdateAudit, factor: number, colour: string): ScatterSeriesOption => ({
  type: 'scatter', name: projectionOf(layer).title, data: Array.from(due, (change, k) => [factor * change, factor * realised[k]!]),
  symbolSize: 4, color: colour, itemStyle: { color: colour, opacity: 0.7 }, silent: true, emphasis: { disabled: true },
})

function diagonal(reach: number, theme: ChartTheme) {
  const line = lineSeries(EQUAL, theme.quiet, { points: [[-reach, -reach], [reach, reach]], gaps: [], notes: [] })
  return { ...line, lineStyle: { ...line.lineStyle, width: 1, type: 'dashed' as const }, silent: true }
}

function notesOf(audits: readonly UpdateAudit[]): string[] {
  const total = (field: 'wanted' | 'due' | 'realised' | 'sets' | 'resets' | 'refreshed') =>
    audits.reduce((sum, audit) => sum + audit[field], 0)
  const hasDevices = audits[0]!.scale !== null
  const resets = total('resets')
  const pulses = hasDevices ? [`→ ${counted(total('sets'), 'SET')}${resets > 0 ? `, ${counted(resets, 'RESET')}` : ''}`] : []
  const steps = [`Σ|ΔW| requested ${formatNumber(total('wanted'))}`, `→ planned ${formatNumber(total('due'))}`, ...pulses, `→ actual ${formatNumber(total('realised'))}`]
  const refreshed = total('refreshed')
  const every = Math.max(...audits.map((audit) => audit.every))
  const drawn = Math.max(...audits.map((audit) => audit.changesEvery))
  return [
    steps.join(' '),
    ...(refreshed > 0 ? [`${counted(refreshed, 'synapse')} refreshed, not drawn`] : []),
    ...(every > 1 ? [`1 of every ${every} synapses of the largest layer is sampled`] : []),
    ...(drawn > 1 ? [`at least 1 of every ${drawn} changes is drawn`] : []),
  ]
}

function tableOf(audits: readonly UpdateAudit[], pre: AuditData['pre']) {
  const rowsOf = ({ layer, scale, changes: { synapse, wanted, due, pulses, realised } }: UpdateAudit) =>
    Array.from(synapse, (number, k) => [
      projectionOf(layer).title, Math.floor(number / pre[layer]!), number % pre[layer]!,
      wanted[k]!, due[k]!, pulses[k]!, realised[k]!, scale === null ? null : realised[k]! * scale,
    ])
  return {
    columns: ['Layer', 'To neuron', 'From', 'Requested ΔW', 'Planned ΔW', 'SET pulses, G⁺ − G⁻', 'Actual ΔW', 'Actual ΔG (µS)'],
    rows: audits.flatMap(rowsOf),
  }
}
