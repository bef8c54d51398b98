// The engine's hot loops in float32. Every pointer is into the memory that the engine brings; beside each file lies,
// one folder up, its reference in TypeScript, which says what the function does.
export { parameters } from './parameters'
export { normalPairs } from './random'
export { readColumns, startDrift } from './read'
export { addColumns, stepMembranes } from './network'
export { learningSignals, spikeTraces, spikeWeights, surrogates } from './traces'
export { addRunningTraces, gatherSpikes } from './gradient'

/** Where the kernels' own constants end. */
export function firstFreeByte(): usize {
  return __heap_base
}
