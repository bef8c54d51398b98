import { describe, expect, it } from 'vitest'
import { type LayerSnapshot, type Quantity, quantityIds, valuesOf, whyNoQuantity } from '../../../../src-engine/analysis/quantities.ts'

const [post, pre, pairs] = [3, 2, 2]
/** Different values everywhere, which tell their post, pre, pair and side. */
const filled = (offset: number) =>
  Float32Array.from({ length: post * pre * pairs * 2 }, (_, k) => offset + k * k)
const snapshot: LayerSnapshot = {
  epoch: 5, layer: 'input', post, pre, pairs,
  arrays: { 'conductance': filled(0.5), 'pulses.set': filled(10), 'pulses.reset': filled(1000), 'age': filled(38.6) },
}

/** Looks the devices of a synapse up in nested arrays. */
const nested = (kind: string, j: number, i: number, pair: number): [plus: number, minus: number] => {
  const values = [...Array.from(snapshot.arrays[kind]!)]
  const next = <Item>(length: number, item: () => Item) => Array.from({ length }, item)
  const rows = next(post, () => next(pre, () => next(pairs, () => values.splice(0, 2))))
  return rows[j]![i]![pair] as [number, number]
}

const expectedOf: Record<Quantity, (j: number, i: number, pair: number) => number> = {
  weight: (j, i) => [0, 1].map((pair) => nested('conductance', j, i, pair)).reduce((sum, [plus, minus]) => sum + plus - minus, 0) / 4,
  plus: (j, i, pair) => nested('conductance', j, i, pair)[0],
  minus: (j, i, pair) => nested('conductance', j, i, pair)[1],
  pulses: (j, i, pair) => ['pulses.set', 'pulses.reset'].flatMap((kind) => nested(kind, j, i, pair)).reduce((sum, count) => sum + count),
  wear: (j, i, pair) => Math.max(...nested('pulses.reset', j, i, pair)),
  age: (j, i, pair) => Math.max(...nested('age', j, i, pair)),
}

describe('a quantity', () => {
  it.each(quantityIds)('%s is that of every synapse and pair', (id) => {
    for (const pair of [0, 1]) {
      const expectedAt = (synapse: number) => expectedOf[id](Math.floor(synapse / pre), synapse % pre, pair)
      const expected = Array.from({ length: post * pre }, (_, synapse) => expectedAt(synapse))
      expect([...valuesOf(id, snapshot, { pair, scale: 4 })!]).toEqual(expected)
    }
  })

  it('is NaN for a masked self-connection, and a count where conductances are damaged', () => {
    const conductance = Float32Array.of(NaN, NaN, 1, 2, 3, 4, NaN, NaN)
    const counts = Uint32Array.of(0, 0, 1, 2, 3, 4, 0, 0)
    const masked: LayerSnapshot = {
      epoch: 1, layer: 'recurrent', post: 2, pre: 2, pairs: 1, arrays: { conductance, 'pulses.set': counts, 'pulses.reset': counts },
    }
    expect([...valuesOf('pulses', masked, { pair: 0, scale: 1 })!]).toEqual([NaN, 6, 14, NaN])
    expect([...valuesOf('plus', masked, { pair: 0, scale: 1 })!]).toEqual([NaN, 1, 3, NaN])
    const damaged = { ...masked, arrays: { 'pulses.set': counts, 'pulses.reset': counts } }
    expect([...valuesOf('wear', damaged, { pair: 0, scale: 1 })!]).toEqual([0, 2, 4, 0])
    expect(valuesOf('weight', damaged, { pair: 0, scale: 1 })).toBeNull()
  })

  it('is not offered where the snapshot does not have it', () => {
    const ofDevices = new Array<string>(5).fill('Digital weights have no devices.')
    expect(quantityIds.map((id) => whyNoQuantity(id, ['weight']))).toEqual([null, ...ofDevices])
    expect(quantityIds.filter((id) => whyNoQuantity(id, ['conductance']) === null)).toEqual(['weight', 'plus', 'minus'])
    const withoutAge = ['conductance', 'pulses.set', 'pulses.reset']
    expect(quantityIds.filter((id) => whyNoQuantity(id, withoutAge) !== null)).toEqual(['age'])
    expect(whyNoQuantity('age', withoutAge)).toContain('devices do not drift')
    expect(whyNoQuantity('age', [...withoutAge, 'age'])).toBeNull()
    expect(whyNoQuantity('weight', [])).toContain('no arrays')
    const digital: LayerSnapshot = { epoch: 1, layer: 'output', post: 1, pre: 2, pairs: 0, arrays: { weight: [0.5, -1] } }
    expect([...valuesOf('weight', digital, { pair: 0, scale: 99 })!]).toEqual([0.5, -1])
    expect(valuesOf('plus', digital, { pair: 0, scale: 1 })).toBeNull()
  })
})
