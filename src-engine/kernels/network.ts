import type { MembraneLaw } from './kernels.ts'
import type { Numbers } from './memory.ts'
import type { Raster } from './raster.ts'

/** Adds the columns of the spiking neurons to `current`. columns: [pre][stride], current: [stride] */
export function addColumns(spikes: Raster, step: number, stride: number, columns: Numbers, current: Numbers): void {
  for (let k = spikes.offsets[step]!; k < spikes.offsets[step + 1]!; k++) {
    const column = spikes.neurons[k]! * stride
    for (let j = 0; j < stride; j++) current[j]! += columns[column + j]!
  }
}

/** Advances all membranes by one step, from the current to the spikes. membrane: [steps][neurons], counts and readyAt: [neurons] */
export function stepMembranes(
  step: number, neurons: number, law: MembraneLaw,
  current: Numbers, membrane: Numbers, spikes: Raster, counts: Uint32Array, readyAt: Uint32Array,
): void {
  const now = step * neurons
  for (let j = 0; j < neurons; j++) {
    membrane[now + j] = law.membraneGain * current[j]! + (step > 0 ? law.alpha * membrane[now - neurons + j]! : 0)
    current[j] = 0
  }
  if (step > 0) subtractThreshold(step, now, law.threshold, membrane, spikes)
  fire(step, neurons, law, membrane, spikes, counts, readyAt)
}

function subtractThreshold(step: number, now: number, threshold: number, membrane: Numbers, spikes: Raster): void {
  for (let k = spikes.offsets[step - 1]!; k < spikes.offsets[step]!; k++) membrane[now + spikes.neurons[k]!]! -= threshold
}

function fire(
  step: number, neurons: number, { threshold, spikesAtThreshold, refractorySteps }: MembraneLaw,
  membrane: Numbers, spikes: Raster, counts: Uint32Array, readyAt: Uint32Array,
): void {
  let count = spikes.offsets[step]!
  for (let j = 0; j < neurons; j++) {
    const v = membrane[step * neurons + j]!
    const reached = v > threshold || (spikesAtThreshold && v === threshold)
    if (reached && step >= readyAt[j]!) {
      spikes.neurons[count++] = j
      counts[j]! += 1
      readyAt[j] = step + refractorySteps + 1
    }
  }
  spikes.offsets[step + 1] = count
}
