import type { ScatterSeriesOption } from 'echarts'
import type { UpdateAudit } from '../../src-engine/analysis/observation.ts'
import { baseOption, xAxis, yAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import type { Figure } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import { lineSeries } from './line.ts'
import { counted, short } from './text.ts'
import type { ChartTheme } from './theme.ts'

export interface AuditData {
  /** By layer; none where none were seen. */
  audits: readonly UpdateAudit[]
  /** Presynaptic neurons of each layer. */
  pre: Readonly<Record<string, number>>
  /** What is shown is a stored snapshot: updates are in none. */
  isStored: boolean
}

/** What the update of one sequence was to change, and what it changed: one point a synapse. */
export function auditFigure({ audits, pre, isStored }: AuditData, theme: ChartTheme): Figure {
  const scale = audits[0]?.scale ?? null
  const quantity = scale === null ? { name: 'ΔW' } : { name: 'ΔG', unit: 'µS' }
  const factor = scale ?? 1
  const base = baseOption(theme)
  const reach = reachOf(audits) * factor
  return {
    title: 'Gradient to pulse',
    option: {
      ...base,
      legend: legendOf(base.legend, [...audits.map(({ layer }) => ({ name: layer, icon: 'circle' })), lineEntry('as due', 'dashed')]),
      tooltip: { show: false },
      xAxis: xAxis({ ...quantity, name: `${quantity.name} due` }, theme),
      yAxis: yAxis({ ...quantity, name: `${quantity.name} realised` }, theme),
      series: [...audits.map((audit, index) => points(audit, factor, colours(theme)[index])), diagonal(reach, theme)],
    },
    table: () => tableOf(audits, pre),
    notes: audits.length === 0 ? [] : notesOf(audits),
    about: {
      sentence: 'How one update went from the gradient to the devices: what was wanted, what of it was due in whole steps or SETs, and what the conductances did. Refreshed synapses are left out.',
      equation: 'ΔW wanted = −η·gradient; due = whole steps δ, or SETs·ε/scale; realised = Δ(Σ G⁺ − Σ G⁻)/scale',
    },
    empty: audits.length > 0 ? null : isStored
      ? 'Updates are seen only while a run is live; no snapshot holds them.'
      : 'The update of the first sequence appears with it.',
  }
}

const colours = (theme: ChartTheme) => [theme.accent, okabeIto.orange, okabeIto.green]

/** Largest change that was due, weights. */
const reachOf = (audits: readonly UpdateAudit[]) =>
  audits.reduce((largest, { changes: { due } }) => due.reduce((most, change) => Math.max(most, Math.abs(change)), largest), 0)

const points = ({ layer, changes: { due, realised } }: UpdateAudit, factor: number, colour: string): ScatterSeriesOption => ({
  type: 'scatter', name: layer, data: Array.from(due, (change, k) => [factor * change, factor * realised[k]]),
  symbolSize: 4, color: colour, itemStyle: { color: colour, opacity: 0.7 }, silent: true, emphasis: { disabled: true },
})

function diagonal(reach: number, theme: ChartTheme) {
  const line = lineSeries('as due', theme.quiet, { points: [[-reach, -reach], [reach, reach]], gaps: [], notes: [] })
  return { ...line, lineStyle: { ...line.lineStyle, width: 1, type: 'dashed' as const }, silent: true }
}

function notesOf(audits: readonly UpdateAudit[]): string[] {
  const total = (field: 'wanted' | 'due' | 'realised' | 'sets' | 'resets' | 'refreshed') =>
    audits.reduce((sum, audit) => sum + audit[field], 0)
  const hasDevices = audits[0].scale !== null
  const resets = total('resets')
  const pulses = hasDevices ? [`→ ${counted(total('sets'), 'SET')}${resets > 0 ? `, ${counted(resets, 'RESET')}` : ''}`] : []
  const way = [`Σ|ΔW| wanted ${short(total('wanted'))}`, `→ due ${short(total('due'))}`, ...pulses, `→ realised ${short(total('realised'))}`]
  const refreshed = total('refreshed')
  const every = Math.max(...audits.map((audit) => audit.every))
  const drawn = Math.max(...audits.map((audit) => audit.changesEvery))
  return [
    way.join(' '),
    ...(refreshed > 0 ? [`${counted(refreshed, 'synapse')} refreshed, not drawn`] : []),
    ...(every > 1 ? [`one of every ${every} synapses of the largest layer was looked at`] : []),
    ...(drawn > 1 ? [`down to one of every ${drawn} changes is drawn`] : []),
  ]
}

function tableOf(audits: readonly UpdateAudit[], pre: AuditData['pre']) {
  const rowsOf = ({ layer, scale, changes: { synapse, wanted, due, pulses, realised } }: UpdateAudit) =>
    Array.from(synapse, (number, k) => [
      layer, Math.floor(number / pre[layer]), number % pre[layer],
      wanted[k], due[k], pulses[k], realised[k], scale === null ? null : realised[k] * scale,
    ])
  return {
    columns: ['layer', 'to neuron', 'from', 'ΔW wanted', 'ΔW due', 'SETs, G⁺ − G⁻', 'ΔW realised', 'ΔG realised (µS)'],
    rows: audits.flatMap(rowsOf),
  }
}
