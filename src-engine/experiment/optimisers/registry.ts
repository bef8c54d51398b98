import { descent } from './descent.ts'

/** All optimisers, in the order of the form. The first is the default. */
export const optimisers = [
  descent,
] as const
