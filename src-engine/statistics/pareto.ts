interface Cost {
  loss: number
  set: number
}

/**
 * Tells for each point whether it is on the Pareto front of loss against SETs: no other point is at least as good in both and better
 * in one. Points with a NaN are never on the front and dominate no other. Leave out digital weights, because they fire no pulses.
 */
export const onParetoFront = (points: readonly Cost[]): boolean[] =>
  points.map((point) => !Number.isNaN(point.loss + point.set) && !points.some((other) => dominates(other, point)))

const dominates = (a: Cost, b: Cost) =>
  a.loss <= b.loss && a.set <= b.set && (a.loss < b.loss || a.set < b.set)
