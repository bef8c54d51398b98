import type * as z from 'zod'
import type { TwoColours } from '../../format/colours.ts'
import type { Conventions } from '../conventions.ts'

/** Where the weights are: in memory, or in the devices of a differential crossbar. */
export type Substrate = 'digital' | 'crossbar'

/** Properties of a scheme that the rest of the program depends on. */
export interface SchemeTraits<Settings = never> {
  substrate: Substrate
  /** Number of differential pairs per synapse. */
  pairs(settings: Settings): number
  /** Whether it converts a weight change to a number of pulses. Other schemes on devices fire at most one pulse per synapse and update. */
  countsPulses: boolean
  /** Whether the learning rates have an effect. Without them, it gets gradients instead of changes of weight. */
  usesRate: boolean
  /** Which of these conventions have an effect on it. */
  conventions: readonly (keyof Pick<Conventions, 'rounding' | 'pulseCounts' | 'pairStep'>)[]
  /** Colour on every screen and in every export. */
  colour: string | TwoColours
}

type SchemeSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>

interface Definition<Schema extends SchemeSchema, On extends Substrate> extends Partial<SchemeTraits<z.output<Schema>>> {
  /** Settings, with title and help. Runs are stored with the kind, so never change it. */
  schema: Schema
  substrate: On
  colour: string | TwoColours
}

/** An update scheme as documents, the form and the figures know it. Its law is in `learning/schemes`. */
export const defineScheme = <Schema extends SchemeSchema, const On extends Substrate>(definition: Definition<Schema, On>) => ({
  kind: definition.schema.shape.kind.value as z.output<Schema>['kind'],
  title: String(definition.schema.meta()?.title),
  pairs: () => (definition.substrate === 'crossbar' ? 1 : 0),
  countsPulses: false,
  usesRate: true,
  conventions: [],
  ...definition,
})
