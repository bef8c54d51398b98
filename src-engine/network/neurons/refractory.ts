import type { Numbers } from '../../kernels/kernels.ts'
import type { Raster } from '../../kernels/raster.ts'

/**
 * Sets ψ to 0 in the refractory time after each spike, because no input can make the neuron spike there.
 * Returns the number of elements that were not 0 before.
 * @param width number of neurons
 * @param psi [steps][neurons]
 */
export function clearRefractory(
  { steps, offsets, neurons }: Raster, refractorySteps: number, width: number, psi: Numbers,
): number {
  let cleared = 0
  for (let t = 0; refractorySteps > 0 && t < steps; t++) {
    const end = Math.min(t + refractorySteps + 1, steps)
    for (let k = offsets[t]!; k < offsets[t + 1]!; k++) {
      for (let element = (t + 1) * width + neurons[k]!; element < end * width; element += width) {
        if (psi[element] !== 0) cleared += 1
        psi[element] = 0
      }
    }
  }
  return cleared
}
