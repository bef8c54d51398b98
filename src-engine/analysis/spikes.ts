/**
 * Mean firing rate of each neuron over one sequence, Hz.
 * @param spikes (step, neuron) pairs.
 * @param dt step, ms.
 */
export function firingRates(spikes: ArrayLike<number>, neurons: number, steps: number, dt: number): Float64Array {
  const rates = new Float64Array(neurons)
  const perSpike = 1000 / (steps * dt)
  for (let i = 1; i < spikes.length; i += 2) rates[spikes[i]] += perSpike
  return rates
}
