import type { MembraneLaw, ReadLaw, SurrogateLaw } from './kernels.ts'

/** Place of a law in the parameter block of the WebAssembly kernels (assembly/parameters.ts): `first` is the index of its first number. */
interface Place<Law> {
  first: number
  fields: readonly (keyof Law)[]
}

/** Numbers 5 to 7 belong to a reading or an interval. */
export const readLaw: Place<ReadLaw> = { first: 0, fields: ['exponent', 'noiseSlope', 'noiseOffset', 'smallest', 'largest'] }
export const membraneLaw: Place<MembraneLaw> = {
  first: 8, fields: ['alpha', 'membraneGain', 'threshold', 'spikesAtThreshold', 'refractorySteps'],
}
export const surrogateLaw: Place<SurrogateLaw> = { first: 16, fields: ['threshold', 'surrogateWidth', 'surrogatePeak'] }

/**
 * Returns a function that writes a law to its place, unless it is there already. A law is never changed once a kernel has had it.
 * Each law's numbers are computed once, because READ laws of several crossbars take turns at every step.
 */
export function placer<Law extends object>({ first, fields }: Place<Law>, reals: Float32Array): (law: Law) => void {
  const numbersOf = new WeakMap<Law, Float32Array>()
  let placed: Law | null = null
  return (law) => {
    if (law === placed) return
    let numbers = numbersOf.get(law)
    if (!numbers) numbersOf.set(law, numbers = Float32Array.from(fields, (field) => Number(law[field])))
    for (let k = 0; k < numbers.length; k++) reals[first + k] = numbers[k]
    placed = law
  }
}
