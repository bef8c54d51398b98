import { describe, expect, it } from 'vitest'
import type { UpdateAudit } from '../../../../src-engine/analysis/observation.ts'
import { auditChart } from '../../../../src-engine/charts/audit.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const audit: UpdateAudit = {
  layer: 'recurrent', every: 1, synapses: 6, scale: 20, wanted: 0.5, due: 0.25, realised: 0.3, sets: 7, resets: 2, refreshed: 1,
  changes: {
    synapse: Uint32Array.of(4),
    wanted: Float32Array.of(0.25),
    due: Float32Array.of(0.125),
    realised: Float32Array.of(0.1875),
    pulses: Int32Array.of(3),
  },
  changesEvery: 1,
}
const pre = { input: 12, recurrent: 3, output: 3 }

describe('auditChart', () => {
  it('plots planned and actual changes in µS and lists all of them in the table', () => {
    const chart = auditChart({ audits: [audit], pre }, light)
    expect(marksOf(chart, 'points').map(pairsOf)).toEqual([[[2.5, 3.75]]])
    expect(marksOf(chart, 'line').map(pairsOf)).toEqual([[[-2.5, -2.5], [2.5, 2.5]]])
    expect(chart.table().rows).toEqual([['Recurrent', 1, 1, 0.25, 0.125, 3, 0.1875, 3.75]])
    expect(chart.plot.y.name).toBe('Actual ΔG (µS)')
  })

  it('summarises the update from request to result', () => {
    expect(auditChart({ audits: [audit], pre }, light).notes).toEqual([
      'Σ|ΔW| requested 0.500 → planned 0.250 → 7 SETs, 2 RESETs → actual 0.300', '1 synapse refreshed, not drawn',
    ])
  })

  it('says what is left out', () => {
    const { notes } = auditChart({ audits: [{ ...audit, every: 5, changesEvery: 3 }], pre }, light)
    expect(notes.slice(2)).toEqual(['1 of every 5 synapses of the largest layer is sampled', 'at least 1 of every 3 changes is drawn'])
  })

  it('shows digital weights as weights, without pulses', () => {
    const digital = { ...audit, scale: null, sets: 0, resets: 0, refreshed: 0 }
    const chart = auditChart({ audits: [digital], pre }, light)
    expect(pairsOf(marksOf(chart, 'points')[0]!)).toEqual([[0.125, 0.1875]])
    expect(chart.notes).toEqual(['Σ|ΔW| requested 0.500 → planned 0.250 → actual 0.300'])
    expect(chart.table().rows[0]!.at(-1)).toBeNull()
  })

  it('distinguishes a snapshot from a run without a sequence', () => {
    expect(auditChart({ audits: [], pre }, light).empty).toMatch(/first sequence/)
  })
})
