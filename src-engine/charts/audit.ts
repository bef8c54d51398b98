import type { UpdateAudit } from '../analysis/observation.ts'
import { projectionOf } from '../experiment/layers.ts'
import type { KeyEntry, Line, Points } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { formatNumber } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { type Chart, labelOf } from './chart.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'

export interface AuditData {
  /** One per layer; empty if none were recorded. */
  audits: readonly UpdateAudit[]
  /** Number of presynaptic neurons by layer. */
  pre: Readonly<Record<string, number>>
}

const symbol = { shape: 'circle', isFilled: true } as const

/** Planned and actual changes in the update of one sequence, one point per synapse. */
export function auditChart({ audits, pre }: AuditData, palette: Palette): Chart {
  const scale = audits[0]?.scale ?? null
  const quantity = scale === null ? { name: 'ΔW' } : { name: 'ΔG', unit: 'µS' }
  const points = audits.map((audit, index) => pointsOf(audit, scale ?? 1, coloursOf(palette)[index]!))
  const reach = reachOf(audits) * (scale ?? 1)
  const diagonal: Line = {
    kind: 'line', entry: 'Planned = actual', x: [-reach, reach], y: [-reach, reach], colour: palette.quiet, dash: 'dashed',
  }
  return {
    title: 'Planned and actual updates',
    plot: {
      title: '',
      x: { scale: 'linear', name: labelOf({ ...quantity, name: `Planned ${quantity.name}` }) },
      y: { scale: 'linear', name: labelOf({ ...quantity, name: `Actual ${quantity.name}` }) },
      marks: [...points, diagonal],
    },
    key: [...points.map(({ entry, colour }): KeyEntry => ({ text: entry!, colour, symbol })), entryOf(diagonal)],
    table: () => tableOf(audits, pre),
    notes: audits.length === 0 ? [] : notesOf(audits),
    about: {
      sentence: 'Change of each synapse in one update: as planned, in whole steps or SET pulses, and as it turned out. '
        + 'Refreshed synapses are left out.',
      equation: 'requested ΔW = −η·gradient; planned = whole steps δ, or SETs·ε/scale; actual = Δ(Σ G⁺ − Σ G⁻)/scale',
    },
    empty: audits.length > 0 ? null : 'Updates appear after the first sequence.',
  }
}

const coloursOf = (palette: Palette) => [palette.accent, okabeIto.orange, okabeIto.green]

/** Largest planned change, in weight units. */
const reachOf = (audits: readonly UpdateAudit[]) =>
  audits.reduce((largest, { changes: { due } }) => due.reduce((most, change) => Math.max(most, Math.abs(change)), largest), 0)

const pointsOf = ({ layer, changes: { due, realised } }: UpdateAudit, factor: number, colour: string): Points => ({
  kind: 'points', entry: projectionOf(layer).title, colour, symbol, size: 'tiny',
  x: Float64Array.from(due, (change) => factor * change), y: Float64Array.from(realised, (change) => factor * change),
})

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
