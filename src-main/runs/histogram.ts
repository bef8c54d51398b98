import { histogramOf } from '../../src-engine/analysis/histogram.ts'
import type { NamedArray } from '../../src-engine/training/events.ts'
import type { LiveFrame } from '../contract/run.ts'

const BINS = 48

/** Conductances of all devices over [0, maxConductance] µS or, for a digital scheme, all weights over ± the largest. */
export function liveHistogram(arrays: NamedArray[], maxConductance: number): LiveFrame['histogram'] {
  const conductances = arrays.filter(({ kind }) => kind === 'conductance')
  if (conductances.length > 0) return { quantity: 'conductance', ...histogramOfAll(conductances, 0, maxConductance) }
  const weights = arrays.filter(({ kind }) => kind === 'weight')
  const largest = largestMagnitude(weights) || 1
  return { quantity: 'weight', ...histogramOfAll(weights, -largest, largest) }
}

function histogramOfAll(arrays: NamedArray[], low: number, high: number): { edges: number[]; counts: number[] } {
  const { edges, counts } = histogramOf([], low, high, BINS)
  for (const { data } of arrays) {
    histogramOf(data, low, high, BINS).counts.forEach((count, bin) => { counts[bin] += count })
  }
  return { edges, counts }
}

function largestMagnitude(arrays: NamedArray[]): number {
  let largest = 0
  for (const { data } of arrays) {
    for (const value of data) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  }
  return largest
}
