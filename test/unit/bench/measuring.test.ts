import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceOf, runParts } from '../../../src-main/bench/plan.ts'
import { inRounds, ratioOf, secondsOf } from '../../../src-main/bench/rounds.ts'
import { spreadOf } from '../../../src-main/bench/spread.ts'

describe('spreadOf', () => {
  it('interpolates between the two middle values', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, lowerQuartile: 1.75, upperQuartile: 3.25, least: 1, most: 4, runs: 4 })
    expect(spreadOf([7])).toEqual({ median: 7, lowerQuartile: 7, upperQuartile: 7, least: 7, most: 7, runs: 1 })
  })

  it('is ascending and independent of the order of the values', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), (values) => {
      const { least, lowerQuartile, median, upperQuartile, most } = spreadOf(values)
      const inOrder = [least, lowerQuartile, median, upperQuartile, most]
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
      expect([least, most]).toEqual([Math.min(...values), Math.max(...values)])
      expect(spreadOf(values.toReversed())).toEqual(spreadOf(values))
    }))
  })

  it('has no median for an empty array', () => expect(spreadOf([])).toMatchObject({ median: NaN, runs: 0 }))
})

describe('rounds', () => {
  it('take every measurement once before repeating any', async () => {
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    const measured = await inRounds(3, { a: note('a'), b: async () => note('b')() })
    expect(order.join('')).toBe('ababab')
    expect(measured).toEqual({ a: [1, 3, 5], b: [2, 4, 6] })
  })

  it('are compared individually, so that speed changes between rounds cancel', () => {
    const [slow, fast] = [1.9, 1]
    const ratio = ratioOf([2 * slow, 2 * fast, 2 * slow], [4 * slow, 4 * fast, 4 * slow])
    expect(ratio).toMatchObject({ median: 0.5, least: 0.5, most: 0.5 })
  })

  it('wait for the timed work', async () => {
    expect(await secondsOf(() => new Promise((resolve) => setTimeout(resolve, 30)))).toBeGreaterThan(0.02)
  })
})

describe('the plan', () => {
  it('runs one part after the other and reports each', async () => {
    const log: string[] = []
    const part = (title: string, estimate: number) => ({ title, estimate, measure: async () => void log.push(`measured ${title}`) })
    await runParts([part('kernels', 30), part('workers', 10)], ({ number, of, title, secondsLeft }) =>
      log.push(`${number}/${of} ${title} ${Math.round(secondsLeft)} s`))
    expect(log).toEqual(['1/2 kernels 40 s', 'measured kernels', expect.stringMatching(/^2\/2 workers \d s$/), 'measured workers'])
  })

  it('adapts to the speed of the machine', () => {
    expect(paceOf(0, 0)).toBe(1)
    expect(paceOf(2000, 1000)).toBeCloseTo(2, 1)
  })
})
