import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { makePatterns } from '../../../../src-engine/task/patterns.ts'
import { previewPattern } from '../../../../src-engine/task/preview.ts'

const taskOf = (task: object) => parseSpec({ task }, 'test').task

describe('the preview of a pattern', () => {
  it('is the same pattern as in a run with this seed', () => {
    const upTo = (max: number, min = 1) => fc.integer({ min, max })
    const sizes = fc.record({ patterns: upTo(3), steps: upTo(60, 2), inputChannels: upTo(20) })
    fc.assert(fc.property(sizes, fc.nat(), fc.nat(2), (size, seed, wanted) => {
      const task = taskOf({ kind: 'sinusoids', ...size })
      const pattern = wanted % size.patterns
      const { input, target } = makePatterns(task, seed)[pattern]!
      expect(previewPattern(task, seed, pattern))
        .toEqual({ target, outputs: 1, spikes: input.toPairs(), channels: size.inputChannels })
    }), { numRuns: 30 })
  })

  it('shows only the first channels, with the same spikes, if all would take too long', () => {
    const task = taskOf({ kind: 'sinusoids', patterns: 1, steps: 10_000, inputChannels: 12 })
    const { channels, spikes } = previewPattern(task, 3, 0)
    const all = makePatterns(task, 3)[0]!.input.toPairs()
    expect(channels).toBe(10)
    const first = [...all].filter((_, index) => all[index - index % 2 + 1]! < channels)
    expect([...spikes]).toEqual(first)
  })

  it('has no target until the samples of a signal are loaded', () => {
    const signal = { kind: 'signal', file: 'x.csv', steps: 20, patterns: 2 }
    expect(previewPattern(taskOf(signal), 1, 0).target).toBeNull()
    const task = taskOf({ ...signal, samples: [0, 1, 0, -1] })
    expect(previewPattern(task, 1, 1).target).toEqual(makePatterns(task, 1)[1]!.target)
  })
})
