import type { RecordedSynapse } from '../experiment/recording-field.ts'

/**
 * Parts of the change of a synapse in one epoch, in the order of the arrays 'recorded.change' [epoch][part]. Each is summed over the
 * sequences of the epoch. The gradient is of e-prop; changes are in units of weight, as in `UpdateAudit`.
 */
export const changeParts = ['gradient', 'requested', 'planned', 'actual'] as const
/** Pulses of a synapse in one epoch, summed over its pairs, in the order of the arrays 'recorded.pulses' [epoch][part]. */
export const pulseParts = ['setsPlus', 'setsMinus', 'resets', 'refreshes'] as const

/** Name of the arrays of a neuron or a synapse: 'neuron-5', 'input-3-5'. */
export const arrayName = (of: RecordedSynapse | { neuron: number }): string =>
  ('neuron' in of ? `neuron-${of.neuron}` : `${of.layer}-${of.from}-${of.to}`)
