import { describe, expect, it } from 'vitest'
import { initialPulsesOf } from '../../../../src-engine/analysis/initial-pulses.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'

const of = (document: object) => initialPulsesOf(parseSpec(document, 'test'))
const device = (initialConductance: number, other: object = {}) =>
  ({ scheme: { kind: 'sign' }, device: { initialConductance, ...other } })
const perDevice = (document: object) => {
  const { devices, set } = of(document)
  return set / devices
}

describe('the pulses of the initial state', () => {
  const cases = schemeKinds.flatMap((kind) => [[kind, 'corrected'], [kind, 'published']] as const)
  it.each(cases)('are for the devices that a network of %s has, %s', (kind, conventions) => {
    const spec = parseSpec({
      scheme: { kind }, conventions, network: { recurrentNeurons: 7 }, task: { kind: 'sinusoids', patterns: 1, steps: 10, inputChannels: 5 },
    }, 'test')
    const present = new Trainer(spec, referenceKernels).arrays()
      .filter((array) => array.kind === 'conductance')
      .reduce((sum, { data }) => sum + data.filter((g) => !Number.isNaN(g)).length, 0)
    expect(initialPulsesOf(spec)).toMatchObject({ devices: present, reset: present })
  })

  it('are no SETs at the RESET conductance, and one or more above it', () => {
    expect(perDevice(device(0.1))).toBe(0)
    // The first SET after a RESET moves the mean device by 1.82 µS, the second by about 1.4 µS.
    expect(perDevice(device(0.4))).toBe(1)
    expect(perDevice(device(1.9))).toBe(1)
    expect(perDevice(device(2.9))).toBe(2)
  })

  it('are whole steps in performance mode', () => {
    expect(perDevice(device(2.9, { model: 'performance', bits: 3 }))).toBe(2)
    expect(perDevice(device(2.9, { model: 'performance', bits: 7 }))).toBe(30)
  })

  it('are infinitely many where the mean SET stops short', () => {
    expect(perDevice(device(11.9))).toBe(Infinity)
  })

  it('are none for digital weights', () => {
    expect(of({})).toEqual({ devices: 0, set: 0, reset: 0 })
  })
})
