import { describe, expect, it } from 'vitest'
import { changedParameters, differencesBetween, parametersOf } from '../../../../src-engine/experiment/parameters.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

describe('parametersOf', () => {
  it('lists every leaf with its title and unit from the schema', () => {
    const parameters = parametersOf(specSchema.parse({ scheme: { kind: 'mixed-precision' } }))
    expect(parameters).toContainEqual({ path: 'network.tauOutput', title: 'Network · Readout time constant', unit: 'ms', value: 30 })
    expect(parameters).toContainEqual({ path: 'scheme.refresh.above', title: 'Update scheme · Refresh · Saturation level', unit: 'µS', value: 6 })
    expect(parameters).toContainEqual({ path: 'scheme.kind', title: 'Update scheme', unit: null, value: 'mixed-precision' })
    expect(parameters.find(({ path }) => path === 'task.frequencies')?.value).toBe('1, 2, 3, 5')
  })

  it('has a title for every leaf of every scheme and task', () => {
    const specs = [{ task: { kind: 'signal', file: 'a.csv' } }, { scheme: { kind: 'update-ready' } }, { scheme: { kind: 'multi-memristor' } }]
    const untitled = specs.flatMap((spec) => parametersOf(specSchema.parse(spec))).filter(({ path, title }) => title === path)
    expect(untitled).toEqual([])
  })
})

describe('differencesBetween', () => {
  it('lists only differing parameters, with null for specs that lack them', () => {
    const specs = [{ seed: 1, name: 'a' }, { seed: 2, name: 'b', scheme: { kind: 'sign' } }].map((spec) => specSchema.parse(spec))
    const differences = differencesBetween(specs)
    expect(differences.map(({ path }) => path)).toEqual([
      'seed', 'scheme.kind', 'scheme.stopThreshold', 'scheme.thresholdRecurrent', 'scheme.thresholdOutput',
      'scheme.refresh.every', 'scheme.refresh.above', 'scheme.refresh.below',
    ])
    expect(differences[0]!.values).toEqual([1, 2])
    expect(differences[2]!.values).toEqual([null, 0])
  })

  it('detects a difference between long lists of equal length', () => {
    const signal = (first: number) => specSchema.parse({
      task: { kind: 'signal', file: 'a.csv', samples: [first, ...Array<number>(20).fill(0)] },
    })
    expect(differencesBetween([signal(1), signal(2)])).toMatchObject([{ path: 'task.samples', values: ['21 values', '21 values'] }])
    expect(differencesBetween([signal(1), signal(1)])).toEqual([])
  })
})

describe('changedParameters', () => {
  it('compares with the defaults of the chosen scheme and ignores labels', () => {
    const spec = specSchema.parse({ name: 'mine', seed: 7, scheme: { kind: 'mixed-precision', refresh: { above: 7 } } })
    expect(changedParameters(spec).map(({ path, value }) => [path, value])).toEqual([['seed', 7], ['scheme.refresh.above', 7]])
    expect(changedParameters(specSchema.parse({}))).toEqual([])
  })

  it('names the bits of performance mode, also where they are the default', () => {
    const [pcm, performance] = [specSchema.parse({}), specSchema.parse({ device: { model: 'performance' } })]
    expect(changedParameters(performance).map(({ path, value }) => [path, value])).toEqual([['device.model', 'performance'], ['device.bits', 3]])
    expect(differencesBetween([pcm, performance]).map(({ path, values }) => [path, values]))
      .toEqual([['device.model', ['pcm', 'performance']], ['device.bits', [3, 3]]])
    expect(differencesBetween([performance, performance])).toEqual([])
  })
})
