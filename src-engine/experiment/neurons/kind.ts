import type * as z from 'zod'

/** A neuron model that a spec can choose. Its law is in `src-engine/network/neurons`. */
export interface NeuronKind {
  /** Its name in documents. */
  kind: string
  title: string
  /** One line for the choice. */
  meaning: string
  /** Its `kind`, and the settings that it has besides those of the membrane. */
  schema: z.ZodObject<{ kind: z.ZodLiteral<string> }>
}
