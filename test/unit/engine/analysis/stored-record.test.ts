import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { snapshotEpochs, storedRecord } from '../../../../src-engine/analysis/stored-record.ts'

const info = (epoch: number, kind: string, name: string) =>
  ({ epoch, kind, name, shape: [1], codec: 'f32' as const, bytes: 4, storedBytes: 4, sha256: '' })

const devices = (epoch: number, name: string) => ({ ...info(epoch, 'conductance', name), shape: [1, 1, 1, 2] })

const stored: Record<string, Float32Array | Uint16Array> = {
  'output/pattern-1': Float32Array.from([1]),
  'target/pattern-1': Float32Array.from([2]),
  'spikes/pattern-1': Uint16Array.from([0, 3]),
  'conductance/input': Float32Array.from([0.1, 11.9]),
  'conductance/output': Float32Array.from([6, 2]),
  'weight/input': Float32Array.from([-0.5, 0.25]),
}
const spec = parseSpec({ task: { kind: 'sinusoids', steps: 10 }, network: { recurrentNeurons: 4 } }, 'test')
const load = async ({ kind, name }: { kind: string, name: string }) => ({ data: stored[`${kind}/${name}`]! })

describe('storedRecord', () => {
  const arrays = [
    info(50, 'output', 'pattern-1'), info(50, 'target', 'pattern-1'), info(50, 'spikes', 'pattern-1'),
    devices(50, 'input'), devices(50, 'output'), info(50, 'pulses.set', 'input'),
    info(1, 'output', 'pattern-1'), { ...info(1, 'weight', 'input'), shape: [1, 2] },
  ]

  it('reads the arrays of the epoch and pattern, with all crossbars in one histogram', async () => {
    const record = await storedRecord(arrays, 50, 1, spec, load)
    expect(record.trace).toEqual({ output: stored['output/pattern-1'], target: stored['target/pattern-1'] })
    expect(record.marks?.spikes).toBe(stored['spikes/pattern-1'])
    expect([...record.counts]).toEqual([0, 0, 0, 1])
    expect(record.histogram?.quantity).toBe('conductance')
    const { counts, minus } = record.histogram!
    expect([counts, minus!].map((side) => side.reduce((sum, count) => sum + count))).toEqual([2, 2])
  })

  it('uses a weight range that is symmetric around zero', async () => {
    const { histogram } = await storedRecord(arrays, 1, 1, spec, load)
    expect(histogram?.quantity).toBe('weight')
    expect([histogram?.edges[0], histogram?.edges.at(-1)]).toEqual([-0.5, 0.5])
  })

  it('maps the weights of every layer and contains no live data', async () => {
    const record = await storedRecord(arrays, 50, 1, spec, load)
    expect(record.maps.map(({ layer, values }) => [layer, ...values])).toEqual([
      ['input', Math.fround((Math.fround(0.1) - Math.fround(11.9)) / spec.device.scale)], ['output', Math.fround(4 / spec.device.scale)],
    ])
    expect(record).toMatchObject({ traces: null, audits: [], isStored: true })
  })

  it('returns null for missing arrays', async () => {
    expect(await storedRecord(arrays, 50, 0, spec, load)).toMatchObject({ trace: null, marks: null })
    expect(await storedRecord(arrays, 7, 1, spec, load)).toMatchObject({ trace: null, histogram: null })
  })

  it('lists each snapshot epoch once, in order', () => expect(snapshotEpochs(arrays)).toEqual([1, 50]))
})
