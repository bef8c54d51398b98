/**
 * Ways to write LIF neurons in NIR, whose own LIF sets the potential to a fixed value after a spike. Ours subtracts the threshold.
 * `exact` makes the subtraction a connection, so its equations are ours. `lif` has LIF nodes, which simulators map to their own
 * neurons and reset by subtraction themselves.
 */
export const nirForms = ['exact', 'lif'] as const
export type NirForm = (typeof nirForms)[number]
