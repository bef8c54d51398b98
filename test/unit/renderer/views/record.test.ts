import { describe, expect, it } from 'vitest'
import { snapshotEpochs, storedRecord } from '../../../../src-renderer/views/run/record.ts'

const info = (epoch: number, kind: string, name: string) =>
  ({ epoch, kind, name, shape: [1], codec: 'f32' as const, bytes: 4, storedBytes: 4, sha256: '' })

const held: Record<string, Float32Array | Uint16Array> = {
  'output/pattern-1': Float32Array.from([1]),
  'target/pattern-1': Float32Array.from([2]),
  'spikes/pattern-1': Uint16Array.from([0, 3]),
  'conductance/input': Float32Array.from([0.1, 11.9]),
  'conductance/output': Float32Array.from([6]),
  'weight/input': Float32Array.from([-0.5, 0.25]),
}
const load = async ({ kind, name }: { kind: string, name: string }) => ({ data: held[`${kind}/${name}`] })

describe('storedRecord', () => {
  const arrays = [
    info(50, 'output', 'pattern-1'), info(50, 'target', 'pattern-1'), info(50, 'spikes', 'pattern-1'),
    info(50, 'conductance', 'input'), info(50, 'conductance', 'output'), info(50, 'pulses.set', 'input'),
    info(1, 'output', 'pattern-1'), info(1, 'weight', 'input'),
  ]

  it('reads what is kept of the epoch and pattern, and joins all crossbars in one histogram', async () => {
    const record = await storedRecord(arrays, 50, 1, 12, load)
    expect(record.trace).toEqual({ output: held['output/pattern-1'], target: held['target/pattern-1'] })
    expect(record.spikes).toBe(held['spikes/pattern-1'])
    expect(record.histogram?.quantity).toBe('conductance')
    expect(record.histogram?.counts.reduce((sum, count) => sum + count)).toBe(3)
  })

  it('takes weights over a range that is even around zero', async () => {
    const { histogram } = await storedRecord(arrays, 1, 1, 12, load)
    expect(histogram?.quantity).toBe('weight')
    expect([histogram?.edges[0], histogram?.edges.at(-1)]).toEqual([-0.5, 0.5])
  })

  it('has null for what was not kept', async () => {
    expect(await storedRecord(arrays, 50, 0, 12, load)).toMatchObject({ trace: null, spikes: null })
    expect(await storedRecord(arrays, 7, 1, 12, load)).toMatchObject({ trace: null, histogram: null })
  })

  it('lists the epochs of snapshots once and in order', () => expect(snapshotEpochs(arrays)).toEqual([1, 50]))
})
