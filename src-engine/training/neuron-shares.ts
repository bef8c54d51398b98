import type { SequenceEvent } from './events.ts'

/** Part of the possible spikes from which on a neuron counts as always firing. It needs some steps to get there from rest. */
const ALWAYS = 0.9

type Spikes = Pick<SequenceEvent, 'spikes'>

/**
 * Fraction of neurons without a spike in any of the sequences, 0 to 1.
 * @param neurons number of recurrent neurons
 */
export const silentShare = (sequences: readonly Spikes[], neurons: number): number =>
  shareOf(spikeCounts(sequences, neurons), (count) => count === 0)

/**
 * Fraction of neurons that spike at nine tenths or more of the steps at which their refractory time lets them, 0 to 1.
 * @param steps number of steps of a sequence
 */
export function alwaysFiringShare(
  sequences: readonly Spikes[], neurons: number, steps: number, refractorySteps: number,
): number {
  const possible = sequences.length * Math.ceil(steps / (refractorySteps + 1))
  return shareOf(spikeCounts(sequences, neurons), (count) => count > 0 && count >= ALWAYS * possible)
}

function spikeCounts(sequences: readonly Spikes[], neurons: number): Uint32Array {
  const counts = new Uint32Array(neurons)
  for (const { spikes } of sequences) for (let k = 1; k < spikes.length; k += 2) counts[spikes[k]!]! += 1
  return counts
}

/** As 1 − share of the others, which is exact for 0 and 1 and the same bits as in earlier versions. */
const shareOf = (counts: Uint32Array, belongs: (count: number) => boolean): number =>
  1 - counts.reduce((others, count) => others + (belongs(count) ? 0 : 1), 0) / counts.length
