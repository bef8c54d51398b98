import * as z from 'zod'

export const descent = {
  schema: z.strictObject({ kind: z.literal('descent') }).meta({ title: 'Gradient descent', help: 'Each change is −η times the gradient.' }),
}
