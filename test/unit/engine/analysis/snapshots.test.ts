import { describe, expect, it } from 'vitest'
import { kindsOf, type Loaded, pairsIn, readHistograms, readHistory, readLayer } from '../../../../src-engine/analysis/snapshots.ts'

const shape = [2, 3, 1, 2]
const kinds = ['conductance', 'pulses.set', 'pulses.reset', 'pulses.refresh']
const epochs = [1, 5, 9]
const infos = epochs.flatMap((epoch) => kinds.map((kind) => ({ epoch, kind, name: 'input', shape })))
/** Value k of an array of an epoch. */
const valueAt = (epoch: number, kind: string, k: number) => 100 * epoch + 10 * kinds.indexOf(kind) + k / 2
const load = async ({ epoch, kind }: { epoch: number; kind: string }): Promise<Loaded> => (epoch === 5 && kind === 'conductance'
  ? { damage: 'epoch 5 is damaged' }
  : { data: Float32Array.from({ length: 12 }, (_, k) => valueAt(epoch, kind, k)) })

describe('snapshots', () => {
  it('have the kinds and pairs of their arrays', () => {
    expect(kindsOf(infos, 5, 'input')).toEqual(kinds)
    expect(kindsOf(infos, 5, 'output')).toEqual([])
    expect(pairsIn(infos)).toBe(1)
    expect(pairsIn([{ epoch: 1, kind: 'weight', name: 'input', shape: [2, 3] }])).toBe(0)
  })

  it('give a layer with what is damaged named and the rest', async () => {
    const read = await readLayer(infos, { epoch: 5, layer: 'input', kinds: ['conductance', 'pulses.set'] }, load)
    expect(read?.damages).toEqual(['epoch 5 is damaged'])
    expect(Object.keys(read!.snapshot.arrays)).toEqual(['pulses.set'])
    expect(read!.snapshot).toMatchObject({ epoch: 5, post: 2, pre: 3, pairs: 1 })
    expect(await readLayer(infos, { epoch: 5, layer: 'output', kinds }, load)).toBeNull()
  })

  it('give the devices of one synapse at every epoch', async () => {
    const states = await readHistory(infos, epochs, { layer: 'input', post: 1, pre: 1 }, load)
    // Post 1, pre 1 of 2 × 3 synapses is number 4, whose devices are 8 and 9.
    const expected = epochs.map((epoch) => ({
      epoch, values: Object.fromEntries(kinds
        .filter((kind) => !(epoch === 5 && kind === 'conductance'))
        .map((kind) => [kind, [8, 9].map((k) => valueAt(epoch, kind, k))])),
    }))
    expect(states).toEqual(expected)
    expect((await readHistory(infos, [1], { layer: 'input', post: 2, pre: 0 }, load))[0]!.values).toEqual({})
  })

  it('give the distribution at every epoch, null where it is damaged', async () => {
    const found = await readHistograms(infos, epochs, { layer: 'input', quantity: 'plus', pair: 0, scale: 1 }, load)
    expect(found.map(({ epoch, histogram }) => [epoch, histogram === null])).toEqual([[1, false], [5, true], [9, false]])
    expect(found[0]!.histogram!.counts.reduce((sum, count) => sum + count)).toBe(6)
    const counts = await readHistograms(infos, [5], { layer: 'input', quantity: 'wear', pair: 0, scale: 1 }, load)
    expect(counts[0]!.histogram!.width).toBe(1)
  })
})
