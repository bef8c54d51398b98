import type { MakeScheme } from '../make-scheme.ts'

/** Digital weights that take every change as it is: W ← W + ΔW. */
export const fp32: MakeScheme<'fp32'> = (weights) => ({
  state: {},
  quantum: null,
  update: (changes) => weights.changeAll(changes),
})
