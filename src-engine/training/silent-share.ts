import type { SequenceEvent } from './events.ts'

/**
 * Fraction of neurons without a spike in any of the sequences, 0 to 1.
 * @param neurons number of recurrent neurons
 */
export function silentShare(sequences: readonly Pick<SequenceEvent, 'spikes'>[], neurons: number): number {
  const hasSpiked = new Uint8Array(neurons)
  for (const { spikes } of sequences) for (let k = 1; k < spikes.length; k += 2) hasSpiked[spikes[k]] = 1
  return 1 - hasSpiked.reduce((count, spiked) => count + spiked, 0) / neurons
}
