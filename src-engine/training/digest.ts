import type { Layer } from '../learning/layer.ts'
import { countPulses } from './layer-statistics.ts'

/**
 * Bytes that identify the result of a run, as little-endian float64: the weights or programmed conductances of every layer, the loss
 * of every epoch, the mean rate of every epoch, and the pulse counts.
 */
export function digestBytes(layers: readonly Layer[], epochLosses: readonly number[], epochRate: readonly number[]): Uint8Array {
  const pulses = countPulses(layers)
  const parts: ArrayLike<number>[] = [
    ...layers.map(({ weights, crossbar }) => weights?.weights ?? crossbar?.devices.conductance ?? []),
    epochLosses,
    epochRate,
    [pulses.set, pulses.reset, pulses.refresh, pulses.read],
  ]
  const bytes = new DataView(new ArrayBuffer(8 * parts.reduce((sum, part) => sum + part.length, 0)))
  let offset = 0
  for (const part of parts) {
    for (let k = 0; k < part.length; k++, offset += 8) setCanonical(bytes, offset, part[k]!)
  }
  return new Uint8Array(bytes.buffer)
}

/** Writes every NaN with the same bits, because NaN has many bit patterns. */
function setCanonical(bytes: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) bytes.setBigUint64(offset, 0x7ff8000000000000n, true)
  else bytes.setFloat64(offset, value, true)
}
