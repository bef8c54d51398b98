/** Number of spikes of each neuron, [neurons]. @param spikes (step, neuron) pairs */
export function spikeCounts(spikes: ArrayLike<number>, neurons: number): Uint32Array {
  const counts = new Uint32Array(neurons)
  for (let i = 1; i < spikes.length; i += 2) counts[spikes[i]!]! += 1
  return counts
}

/**
 * Mean firing rate of each neuron over one sequence, Hz.
 * @param counts spikes of each neuron
 * @param dt step, ms.
 */
export const firingRates = (counts: ArrayLike<number>, steps: number, dt: number): Float64Array =>
  Float64Array.from(counts, (count) => (1000 * count) / (steps * dt))

/** Marks that a raster plot draws for the spikes of one sequence. */
export interface SpikeMarks {
  /** (step, neuron) pairs of every spike, or of the first spike in each cell. */
  spikes: Uint16Array
  /** Size of a cell, in steps and neurons; both 1 if every spike has its own mark. */
  stepsPerMark: number
  neuronsPerMark: number
}

/** No screen shows more detail than this number of marks. */
export const MOST_MARKS = 2 ** 17
const COLUMNS = 512
const ROWS = MOST_MARKS / COLUMNS

/** At most `MOST_MARKS` marks. If there are more spikes, every cell that contains a spike keeps one mark. */
export function spikeMarks(spikes: Uint16Array, neurons: number, steps: number): SpikeMarks {
  if (spikes.length <= 2 * MOST_MARKS) return { spikes, stepsPerMark: 1, neuronsPerMark: 1 }
  const stepsPerMark = Math.ceil(steps / COLUMNS)
  const neuronsPerMark = Math.ceil(neurons / ROWS)
  const taken = new Uint8Array(MOST_MARKS)
  const marks: number[] = []
  for (let k = 0; k < spikes.length; k += 2) {
    const cell = Math.floor(spikes[k]! / stepsPerMark) * ROWS + Math.floor(spikes[k + 1]! / neuronsPerMark)
    if (taken[cell] === 0) marks.push(spikes[k]!, spikes[k + 1]!)
    taken[cell] = 1
  }
  return { spikes: Uint16Array.from(marks), stepsPerMark, neuronsPerMark }
}
