interface Cost {
  loss: number
  set: number
}

/**
 * Whether each point is on the Pareto front of loss against SET pulses: no other is as good in both and better in one. A point with
 * a value that is no number is not on it, and no other is worse for its sake. Weights without devices fire no pulses: leave them out.
 */
export const onParetoFront = (points: readonly Cost[]): boolean[] =>
  points.map((point) => !Number.isNaN(point.loss + point.set) && !points.some((other) => dominates(other, point)))

const dominates = (a: Cost, b: Cost) =>
  a.loss <= b.loss && a.set <= b.set && (a.loss < b.loss || a.set < b.set)
