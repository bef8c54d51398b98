import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LearningCurve } from '../../../../src-engine/statistics/learning-curve.ts'
import { JUDGED_EPOCHS, stabilityOf } from '../../../../src-engine/statistics/stability.ts'
import { learningCurveOf } from '../../../fixtures/learning-curves.ts'

/** Mean squared target of 0.2, around a mean of 0. */
const baselines = { zero: 0.2, constant: 0.2 }
const baseline = baselines.zero
const always = (value: number) => () => value
const of = (curve: ReturnType<typeof learningCurveOf>, onDevices = true) => stabilityOf(curve, baselines, onDevices)

describe('a run', () => {
  it('that follows its target has learned, without reasons', () => {
    expect(of(learningCurveOf(100))).toEqual({ outcome: 'learned', reasons: [] })
    // Even if it is saturated, fires at a high rate and has been better before.
    const poor = { saturated: always(1), meanRateHz: always(200), loss: (epoch: number) => (epoch < 50 ? 0.001 : 0.09) }
    expect(of(learningCurveOf(100, poor))).toEqual({ outcome: 'learned', reasons: [] })
  })

  it.each([
    { loss: 0.099, outcome: 'learned' },
    { loss: 0.101, outcome: 'untrained' },
    { loss: 0.399, outcome: 'untrained' },
    { loss: 0.401, outcome: 'diverged' },
    { loss: NaN, outcome: 'diverged' },
    { loss: Infinity, outcome: 'diverged' },
  ])('with a loss of $loss and a zero-output loss of 0.2 is $outcome', ({ loss, outcome }) => {
    expect(of(learningCurveOf(100, { loss: always(loss) })).outcome).toBe(outcome)
  })

  it('is judged by its last 20 epochs', () => {
    const changesAt = (at: number) => learningCurveOf(100, { loss: (epoch) => (epoch < at ? 0.01 : NaN) })
    expect(of(changesAt(100)).outcome).toBe('diverged')
    expect(of(learningCurveOf(100, { loss: (epoch) => (epoch <= 80 ? NaN : 0.01) })).outcome).toBe('learned')
    expect(of(learningCurveOf(100, { loss: (epoch) => (epoch <= 81 ? NaN : 0.01) })).outcome).toBe('diverged')
  })

  it('that hardly fires is silent, unless it diverged', () => {
    const quiet = { silent: always(1), meanRateHz: always(0), loss: always(baseline) }
    expect(of(learningCurveOf(100, quiet))).toEqual({ outcome: 'silent', reasons: ['no spikes'] })
    expect(of(learningCurveOf(100, { ...quiet, loss: always(NaN) }))).toEqual({ outcome: 'diverged', reasons: ['not a number', 'no spikes'] })
  })

  it.each([
    { what: '39 of 40 neurons', silent: 39 / 40, outcome: 'silent', found: ['few active neurons'] },
    { what: '37 of 40 neurons', silent: 37 / 40, outcome: 'silent', found: ['few active neurons'] },
    { what: '36 of 40 neurons', silent: 36 / 40, outcome: 'learned', found: [] },
  ])('in which $what never spike is $outcome, however small its loss and high its mean rate', ({ silent, outcome, found }) => {
    expect(of(learningCurveOf(100, { silent: always(silent), meanRateHz: always(12) }))).toEqual({ outcome, reasons: found })
  })

  it('that fell silent is silent, not diverged, though its loss grew', () => {
    const fell = { loss: (epoch: number) => (epoch < 50 ? 0.01 : baseline), silent: (epoch: number) => (epoch < 50 ? 0 : 1) }
    expect(of(learningCurveOf(100, { ...fell, meanRateHz: always(0) }))).toEqual({ outcome: 'silent', reasons: ['no spikes', 'loss grew'] })
  })

  it('of an earlier version, which did not count silent neurons, is judged by its mean rate', () => {
    const earlier = { silent: always(NaN), loss: always(0.01) }
    expect(of(learningCurveOf(100, { ...earlier, meanRateHz: always(0.09) }))).toEqual({ outcome: 'silent', reasons: ['no spikes'] })
    expect(of(learningCurveOf(100, { ...earlier, meanRateHz: always(0.1) })).outcome).toBe('learned')
  })

  it('that lost what it had learned has diverged, unless its loss is still small enough', () => {
    const grows = (from: number, to: number, at = 50) => learningCurveOf(100, { loss: (epoch) => (epoch <= at ? from : to) })
    expect(of(grows(0.05, 0.11))).toEqual({ outcome: 'diverged', reasons: ['loss grew'] })
    expect(of(grows(0.05, 0.09)).outcome).toBe('learned')
    expect(of(grows(0.01, 0.09)).outcome).toBe('learned')
    expect(of(grows(0.06, 0.11)).outcome).toBe('untrained')
    expect(of(grows(0.05, 0.11, 15)).outcome).toBe('untrained')
  })

  it('is no better than a constant output if its loss is not below the variance of the targets', () => {
    const offset = (loss: number, constant: number) =>
      stabilityOf(learningCurveOf(100, { loss: always(loss) }), { zero: 0.2, constant }, true)
    expect(offset(0.049, 0.05)).toEqual({ outcome: 'learned', reasons: [] })
    expect(offset(0.05, 0.05)).toEqual({ outcome: 'untrained', reasons: ['constant output'] })
    // Nothing but a constant can be learned.
    expect(offset(0.09, 1e-20)).toEqual({ outcome: 'learned', reasons: [] })
  })

  it.each([1, 5, 19])('of only %i epochs is judged by all of them', (epochs) => {
    expect(of(learningCurveOf(epochs)).outcome).toBe('learned')
    expect(of(learningCurveOf(epochs, { loss: (epoch) => (epoch === 1 ? NaN : 0.01) })).outcome).toBe('diverged')
    expect(of(learningCurveOf(epochs, { loss: always(0.15) })).outcome).toBe('untrained')
  })

  it('is judged the same by all losses and the end of the other columns', () => {
    const values = {
      loss: [0.01, 0.11, 0.3, NaN], meanRateHz: [0, 12, 150], silent: [0, 0.95, NaN], saturated: [0, 0.5], set: [0, 10],
    }
    const column = (from: readonly number[], epochs: number) =>
      fc.array(fc.constantFrom(...from), { minLength: epochs, maxLength: epochs })
    const curves = fc.integer({ min: 1, max: 60 }).chain((epochs) => fc.record({
      loss: column(values.loss, epochs), meanRateHz: column(values.meanRateHz, epochs), silent: column(values.silent, epochs),
      saturated: column(values.saturated, epochs), set: column(values.set, epochs),
    }))
    fc.assert(fc.property(curves, (columns) => {
      const byEpoch = (of: number[]) => (epoch: number) => of[epoch - 1]!
      let sets = 0
      const total = columns.set.map((count) => sets += count)
      const curve = learningCurveOf(columns.loss.length, {
        loss: byEpoch(columns.loss), meanRateHz: byEpoch(columns.meanRateHz), silent: byEpoch(columns.silent),
        saturated: byEpoch(columns.saturated), set: byEpoch(total),
      })
      const ends = Object.entries(curve).map(([name, of]: [string, Float64Array]) => [name, name === 'loss' ? of : of.slice(-JUDGED_EPOCHS)])
      expect(of(Object.fromEntries(ends) as unknown as LearningCurve)).toEqual(of(curve))
    }))
  })

  it('without counted epochs is untrained, without reasons', () => {
    expect(of(learningCurveOf(0))).toEqual({ outcome: 'untrained', reasons: [] })
  })
})

describe('reasons why a run did not learn', () => {
  const untrained = { loss: always(baseline) }
  const reasons = (some: Parameters<typeof learningCurveOf>[1], onDevices = true) =>
    of(learningCurveOf(100, { ...untrained, ...some }), onDevices).reasons

  it.each([
    { what: 'no known reason', some: {}, found: [] },
    { what: 'a loss that is not a number', some: { loss: always(NaN) }, found: ['not a number'] },
    { what: 'rates above 100 Hz', some: { meanRateHz: always(101) }, found: ['runaway rates'] },
    { what: 'rates of 99 Hz', some: { meanRateHz: always(99) }, found: [] },
    { what: 'neurons that fire at every step', some: { alwaysFiring: always(0.06) }, found: ['always firing'] },
    { what: 'few neurons that fire at every step', some: { alwaysFiring: always(0.04) }, found: [] },
    { what: 'ψ = 0 in every neuron-step', some: { zeroSurrogate: always(1) }, found: ['dead gradient'] },
    { what: 'ψ = 0 in most neuron-steps', some: { zeroSurrogate: always(0.98) }, found: [] },
    { what: 'an earlier version that counted neither', some: { zeroSurrogate: always(NaN), alwaysFiring: always(NaN) }, found: [] },
    { what: 'saturated devices', some: { saturated: always(0.21) }, found: ['saturation'] },
    { what: 'a few saturated devices', some: { saturated: always(0.19) }, found: [] },
    { what: 'no SET at all', some: { set: always(0) }, found: ['no pulses'] },
    { what: 'no SET in the last 20 epochs', some: { set: (epoch: number) => Math.min(epoch, 80) }, found: ['no pulses'] },
    { what: 'a SET in the first of the last 20 epochs', some: { set: (epoch: number) => Math.min(epoch, 81) }, found: [] },
    { what: 'a loss that was smaller before', some: { loss: (epoch: number) => (epoch <= 20 ? 0.09 : 0.19) }, found: ['loss grew'] },
    { what: 'mostly silent neurons', some: { silent: always(0.95) }, found: ['few active neurons'] },
    { what: 'a loss that was small only briefly', some: { loss: (epoch: number) => (epoch <= 10 ? 0.09 : 0.19) }, found: [] },
    { what: 'several reasons at once', some: { meanRateHz: always(300), saturated: always(0.5), loss: (epoch: number) => 0.01 * epoch }, found: ['runaway rates', 'saturation', 'loss grew'] },
  ])('$what: $found', ({ some, found }) => {
    expect(reasons(some)).toEqual(found)
  })

  it('include missing SETs only if there are devices', () => {
    expect(reasons({ set: always(0) }, false)).toEqual([])
  })

  it('count the SETs of a run that is shorter than 20 epochs', () => {
    expect(of(learningCurveOf(5, untrained)).reasons).toEqual([])
    expect(of(learningCurveOf(5, { ...untrained, set: always(0) })).reasons).toEqual(['no pulses'])
    expect(of(learningCurveOf(5, { loss: (epoch) => 0.2 * epoch })).reasons).toEqual([])
  })

  it('compare the loss with the best 20 epochs that have one', () => {
    const broken = learningCurveOf(100, { loss: (epoch) => (epoch === 30 ? NaN : epoch < 30 ? 0.01 : 0.19) })
    expect(of(broken)).toEqual({ outcome: 'diverged', reasons: ['loss grew'] })
  })
})
