// The engine's hot loops in float32. Every pointer is a byte offset into the memory that the engine imports.
// The TypeScript references one folder up document the functions.
export { parameters } from './parameters'
export { readSums, sumMoments } from './moments'
export { normalPairs } from './random'
export { readColumns, startDrift } from './read'
export { addColumns, stepMembranes } from './network'
export { learningSignals, spikeTraces, spikeWeights, surrogates } from './traces'
export { addRunningTraces, gatherSpikes } from './gradient'

/** First byte after the kernels' own constants. */
export function firstFreeByte(): usize {
  return __heap_base
}
