import { describe, expect, it } from 'vitest'
import type { Mark } from '../../../../src-engine/figure/figure.ts'
import { coveredBy } from '../../../../src-engine/figure/page/extents.ts'

const colour = '#0072b2'
const scale = { from: -1, to: 1, colours: [colour, colour, colour], missing: colour }

describe('the axes of a plot', () => {
  it.each<[Mark, x: number[], y: number[]]>([
    [{ kind: 'line', x: [1, 2, 3], y: [-4, NaN, 0.5], colour }, [1, 3, 1], [-4, 0.5, 0.5]],
    [{ kind: 'band', x: [1, 2], low: [-1, 2], high: [Infinity, 7], colour }, [1, 2, 1], [-1, 7, 2]],
    [{ kind: 'bars', edges: [2, 3, 4], values: [5, 6], colour }, [2, 4, 2], [0, 6, 5]],
    [{ kind: 'density', shape: 'violin', row: 2, x: [1, 5], height: [1, 0], colour }, [1, 5, 1], [2, 2, 2]],
    [{ kind: 'bracket', from: 0, to: 2, text: '' }, [], [0, 2, 2]],
    [{ kind: 'raster', x: [1, 9], y: [0, 3], colour }, [1, 9, 1], [-0.5, 3.5, 0.5]],
    [{ kind: 'intervals', low: [1], high: [4], y: [2], colour }, [1, 4, 1], [2, 2, 2]],
    [{ kind: 'rug', side: 'bottom', at: [3, 5], shape: 'cross', colour }, [3, 5, 3], []],
    [{ kind: 'rug', side: 'right', at: [3, 5], shape: 'cross', colour }, [], [3, 5, 3]],
    [{ kind: 'image', columns: 1, values: [1], x: [-0.5, 4.5], y: [0, 1], scale }, [-0.5, 4.5, 4.5], [0, 1, 1]],
    [{ kind: 'rule', x: 0, colour }, [0, 0], []],
    [{ kind: 'text', y: 3, text: '' }, [], []],
  ])('cover %o', (mark, x, y) => {
    expect(coveredBy([mark])).toEqual({ x, y, right: [] })
  })

  it('cover only their own marks', () => {
    const line: Mark = { kind: 'line', x: [1], y: [2], colour }
    expect(coveredBy([line, { ...line, y: [9], isRight: true }])).toEqual({ x: [1, 1, 1], y: [2, 2, 2], right: [9, 9, 9] })
  })
})
