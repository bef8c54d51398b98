import { ln } from '../kernels/elementary.ts'
import { Stream } from '../random/stream.ts'
import { unitPoints } from '../sweep/points.ts'
import type { Point } from './box.ts'
import type { Optimiser } from './study.ts'

/** What an optimiser knows when it proposes a batch. */
export interface Known {
  /** Points of all earlier batches, the best first. */
  ordered: readonly Point[]
  dimensions: number
  /** Number of proposals. */
  count: number
  /** Seed of the draws: independent searches have different ones. */
  seed: number
  /** Index of this batch, from 0, and the number of batches that were planned at first. */
  batch: number
  batches: number
}

/** Propose the points of the next batch. The same input gives the same points on every machine. */
export function proposals(optimiser: Optimiser, known: Known): Point[] {
  switch (optimiser) {
    case 'gaussian': return known.ordered.length < BEST ? evenPoints(known) : gaussianPoints(known)
    case 'neighbours': return known.batch < RANDOM_SHARE * known.batches ? randomPoints(known) : neighbours(known)
    case 'random': return randomPoints(known)
  }
}

const streamOf = ({ seed, batch }: Known) => new Stream(seed, 'sweep points', batch)

const randomPoints = (known: Known): Point[] => {
  const stream = streamOf(known)
  return Array.from({ length: known.count }, (_, point) =>
    Array.from({ length: known.dimensions }, (_, dimension) => stream.uniform(point, dimension)))
}

const evenPoints = ({ count, seed, batch, dimensions }: Known): Point[] =>
  unitPoints({ sequence: 'sobol', count: count * (batch + 1), seed }, dimensions).slice(-count)

/** Number of the best points that the next batch is drawn around. */
const BEST = 8
/** Smallest deviation of the draws, as a share of the range. */
const NARROWEST = 0.03

/**
 * Normal draws around the weighted mean of the best eight points of all batches, with their weighted deviation in each dimension: an
 * estimation of distribution algorithm (Larrañaga and Lozano 2002) with the logarithmic weights of CMA-ES (Hansen 2016) and an archive.
 * Only the order of the points counts, so a loss far beyond all others has no weight.
 */
function gaussianPoints(known: Known): Point[] {
  const best = known.ordered.slice(0, BEST)
  const weights = best.map((_, place) => ln(BEST + 0.5) - ln(place + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = (value: (point: Point) => number) =>
    best.reduce((sum, point, place) => sum + weights[place]! * value(point), 0) / total
  const stream = streamOf(known)
  const centres = Array.from({ length: known.dimensions }, (_, dimension) => mean((point) => point[dimension]!))
  const widths = centres.map((centre, dimension) =>
    Math.max(NARROWEST, Math.sqrt(mean((point) => (point[dimension]! - centre) * (point[dimension]! - centre)))))
  return Array.from({ length: known.count }, (_, draw) =>
    centres.map((centre, dimension) => reflected(centre + widths[dimension]! * stream.normal(draw, dimension))))
}

/** Folds a position beyond an end back into the range. */
function reflected(position: number): number {
  const folded = Math.abs(position) % 2
  return folded > 1 ? 2 - folded : folded
}

/** Share of the batches that are random before the search goes on around the best point. */
const RANDOM_SHARE = 2 / 3
/** Half of the range around the best point, as a share of the whole range: about a factor of 1.6 in a range of three decades. */
const AROUND = 0.07

const neighbours = (known: Known): Point[] => randomPoints(known).map((point) =>
  point.map((position, dimension) => Math.min(1, Math.max(0, known.ordered[0]![dimension]! + (2 * position - 1) * AROUND))))
