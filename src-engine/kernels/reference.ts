import { normalPairs } from './draws.ts'
import { addRunningTraces, gatherSpikes } from './gradient.ts'
import type { Kernels } from './kernels.ts'
import { readSums, sumMoments } from './moments.ts'
import { addColumns, stepMembranes } from './network.ts'
import { readColumns, startDrift } from './read.ts'
import { learningSignals, spikeTraces, spikeWeights, surrogates } from './traces.ts'

/** Reference kernels: plain TypeScript in float64 that follows the equations line by line. */
export const referenceKernels: Kernels = {
  Numbers: Float64Array,
  numbers: (length) => new Float64Array(length),
  counts: (length) => new Uint32Array(length),
  indices: (length) => new Uint16Array(length),
  addColumns,
  startDrift,
  readColumns,
  readSums,
  sumMoments,
  stepMembranes,
  spikeTraces,
  surrogates,
  learningSignals,
  spikeWeights,
  gatherSpikes,
  addRunningTraces,
  normalPairs,
}
