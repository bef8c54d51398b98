import { describe, expect, it } from 'vitest'
import { weightsChart } from '../../../../src-engine/charts/weights.ts'
import { light, marksOf } from './fixtures.ts'

const map = {
  layer: 'recurrent', post: 4, pre: 6, postPerBlock: 2, prePerBlock: 2, values: Float32Array.of(0.5, -1, NaN, 0, 0.25, 0), missing: 1,
}

describe('the weight map', () => {
  it('lists every block in the table and says what a block is', () => {
    const chart = weightsChart({ map }, light)
    expect(chart.table().columns).toEqual(['Neuron', 'Presynaptic neuron', 'Weight, mean of the block starting here'])
    expect(chart.table().rows).toEqual([[0, 0, 0.5], [0, 2, -1], [0, 4, null], [2, 0, 0], [2, 2, 0.25], [2, 4, 0]])
    expect(chart.notes).toEqual(['Recurrent, 4 × 6', 'each cell is the mean of 2 × 2 synapses', '1 value not finite (grey)'])
  })

  it('has a colour scale that is symmetric around zero', () => {
    expect(marksOf(weightsChart({ map }, light), 'image')).toMatchObject([{ scale: { from: -1, to: 1 } }])
    const zeros = { ...map, values: new Float32Array(6) }
    expect(marksOf(weightsChart({ map: zeros }, light), 'image')).toMatchObject([{ scale: { from: -1, to: 1 } }])
  })

  it('covers 99 % of the weights with the colour scale and says where it ends', () => {
    const values = new Float32Array(1000).fill(0.01)
    values[7] = -3
    const chart = weightsChart({ map: { ...map, values } }, light)
    expect(marksOf(chart, 'image')[0]!.scale.to).toBeCloseTo(0.01)
    expect(chart.notes).toContain('colour scale ends at ±0.01; largest |w| is 3.00')
  })

  it('covers whole blocks, which may reach beyond the neurons', () => {
    const uneven = { ...map, post: 3, pre: 5 }
    expect(marksOf(weightsChart({ map: uneven }, light), 'image')).toMatchObject([{ columns: 3, x: [-0.5, 5.5], y: [-0.5, 3.5] }])
    expect(weightsChart({ map: uneven }, light).plot).toMatchObject({ x: { from: -0.5, to: 4.5 }, y: { from: -0.5, to: 2.5 } })
  })

  it('says that there are no weights yet', () => expect(weightsChart({ map: null }, light).empty).not.toBeNull())
})
