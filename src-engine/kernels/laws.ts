// Writes laws to the parameter block of the WebAssembly kernels (assembly/parameters.ts). Each number is written by name and at every
// call: functions made from a list of fields allocated at every step.
import type { MembraneLaw, ReadLaw, SurrogateLaw } from './kernels.ts'

/** Numbers 5 to 7 belong to a reading or an interval. */
export function placeReadLaw(law: ReadLaw, reals: Float32Array): void {
  reals[0] = law.exponent
  reals[1] = law.noiseSlope
  reals[2] = law.noiseOffset
  reals[3] = law.smallest
  reals[4] = law.largest
}

export function placeMembraneLaw(law: MembraneLaw, reals: Float32Array): void {
  reals[8] = law.alpha
  reals[9] = law.membraneGain
  reals[10] = law.threshold
  reals[11] = Number(law.spikesAtThreshold)
  reals[12] = law.refractorySteps
}

export function placeSurrogateLaw(law: SurrogateLaw, reals: Float32Array): void {
  reals[16] = law.threshold
  reals[17] = law.surrogateWidth
  reals[18] = law.surrogatePeak
}
