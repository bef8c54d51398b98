import * as z from 'zod'
import { optimisers } from './optimisers/registry.ts'

type OptimiserSchema = (typeof optimisers)[number]['schema']

/** Settings of an optimiser. */
export type OptimiserSpec = z.output<OptimiserSchema>
export type OptimiserKind = OptimiserSpec['kind']
export type OptimiserOf<Kind extends OptimiserKind> = Extract<OptimiserSpec, { kind: Kind }>

/** Of a spec without an optimiser. */
export const defaultOptimiser: OptimiserSpec = { kind: optimisers[0].schema.shape.kind.value }

const optimiserSchema = z.discriminatedUnion('kind', optimisers.map(({ schema }) => schema) as unknown as [OptimiserSchema])
  .prefault(defaultOptimiser)
  .meta({ title: 'Optimiser', help: 'How a gradient is converted to a wanted change of the weights.' })

/** Fields of a spec: none until there is a choice of optimisers, so that the form shows no choice of one and documents stay the same. */
export const optimiserField = (optimisers.length > 1 ? { optimiser: optimiserSchema } : {}) as
  Record<never, never> as { optimiser: z.ZodOptional<typeof optimiserSchema> }
