/** Names of all layers of synapses, in the order of `projections`. They are apart from it because the spec's schema needs them. */
export const layerNames = ['input', 'recurrent', 'output'] as const
export type LayerName = (typeof layerNames)[number]
