import * as z from 'zod'
import type { NeuronKind } from './kind.ts'
import { lif } from './lif.ts'

/** All neuron models, in the order of the choice. A spec without a choice means the first. */
export const neuronKinds: readonly [NeuronKind, ...NeuronKind[]] = [
  lif,
]

/** A neuron model with its own settings. */
export type NeuronSettings = { kind: string } & Record<string, unknown>

/** As a type, the field is always there: a spec may have the key or not. */
type NeuronField = { neuron: z.ZodOptional<z.ZodType<NeuronSettings>> }

/**
 * Choice of the model. It is absent if there is only one model: the form shows no choice then, and documents have no key that earlier
 * versions do not know.
 */
export function neuronField(kinds: readonly NeuronKind[] = neuronKinds): NeuronField {
  if (kinds.length < 2) return {} as NeuronField
  const schemas = kinds.map(({ schema, title, meaning }) => schema.meta({ title, help: meaning }))
  const about = { title: 'Neuron model', help: `Model of the recurrent neurons. Without it: ${kinds[0]!.title}.` }
  return { neuron: z.discriminatedUnion('kind', schemas as never).optional().meta(about) as never }
}

/** Kind of a network's neurons. */
export const neuronKindOf = ({ neuron }: { neuron?: NeuronSettings }): string => neuron?.kind ?? neuronKinds[0].kind
