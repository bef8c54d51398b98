import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftCurve, pulseResponse } from '../../../../src-engine/analysis/device-preview.ts'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { program } from '../../../../src-engine/crossbar/program.ts'
import { DeviceArray } from '../../../../src-engine/device/device-array.ts'
import { type DeviceDocument, deviceDocumentSchema } from '../../../../src-engine/experiment/devices/document.ts'
import { deviceModels, documentOf } from '../../../../src-engine/experiment/devices/registry.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { type DeviceSpec, specSchema } from '../../../../src-engine/experiment/spec.ts'
import { strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'

const standard = specSchema.parse({}).device

/** A resistive memory: linear and soft-bounded, with write noise, but without pulse memory and drift. */
const none = { slope: 0, offset: 0, memory: 0 }
const linear: DeviceDocument = {
  start: { mean: 20, deviation: 0, smallest: 5 },
  set: { mean: { slope: -0.1, offset: 8, memory: 0 }, deviation: none, memoryPulses: null, smallestJump: 4 },
  reset: { mean: 10, deviation: 0, smallest: 5 },
  read: { slope: 0, offset: 0.5, summed: false },
  drift: null,
  bounds: { smallest: 5, largest: 60 },
}

const crossbarOf = (document: DeviceDocument, kernels = referenceKernels) => new Crossbar({
  post: 3, pre: 2, pairs: 1, device: { ...standard, scale: 10 }, document, seed: 1, array: 0, selfConnected: true, kernels,
})

describe('a device made from parts', () => {
  it('keeps only the state that it has', () => {
    expect(deviceDocumentSchema.parse(linear)).toEqual(linear)
    expect(Object.keys(crossbarOf(linear).devices.state)).toEqual(['conductance'])
    expect(Object.keys(crossbarOf(documentOf(standard)).devices.state)).toEqual(['conductance', 'memory', 'programmedAt'])
  })

  it('follows its own SET, RESET and bounds in a crossbar', () => {
    const crossbar = crossbarOf(linear)
    const { conductance } = crossbar.devices
    expect(crossbar.smallestJump).toBe(4)
    program(crossbar, 0, 1, 2, 0)
    expect(conductance[0]).toBeCloseTo(26 + 8 - 2.6, 12)
    program(crossbar, 0, 1, 40, 0)
    expect(conductance[0]).toBe(60)
    crossbar.devices.reset(0, 0)
    expect([conductance[0], conductance[1]]).toEqual([10, 20])
  })

  it.each(arithmetics)('is READ with its own noise, at any time, in %s', (arithmetic) => {
    const kernels = roomyKernels(arithmetic)
    const crossbar = crossbarOf({ ...linear, read: { slope: 0, offset: 0, summed: false } }, kernels)
    const spikes = rasterOf(1, 2, (_, i) => i === 1)
    const raster = { ...spikes, offsets: kernels.counts(2), neurons: kernels.indices(1) } as typeof spikes
    raster.offsets.set(spikes.offsets)
    raster.neurons.set([1])
    program(crossbar, 1, 1, 1, 0)
    const current = kernels.numbers(strideOf(3))
    crossbar.beginSequence({ sequence: 1, presentedAt: 1e6, secondsPerStep: 1e-3, steps: 1000 })
    crossbar.addSpikes(raster, 0, 900, current)
    expect([...current.subarray(0, 3)]).toEqual([expect.closeTo(0.6, 6), 0, 0])
    const seen = new Float64Array(2)
    const noisy = new DeviceArray(2, linear, 1, 0, kernels)
    noisy.readPair(0, 5, 0, seen)
    for (const g of seen) expect(Math.abs(g - 20)).toBeGreaterThan(0)
  })
})

describe('the device models of a spec', () => {
  const settings: fc.Arbitrary<DeviceSpec> = fc.record({
    writeNoise: fc.boolean(),
    nonlinearity: fc.boolean(),
    drift: fc.boolean(),
    readNoise: fc.constantFrom('exact' as const, 'summed' as const, 'off' as const),
    bits: fc.integer({ min: 1, max: 24 }),
    maxConductance: fc.double({ min: 12, max: 100, noNaN: true }),
    driftExponent: fc.double({ min: 0, max: 1, noNaN: true }),
    initialConductance: fc.double({ min: 0.01, max: 12, noNaN: true }),
    resetConductance: fc.double({ min: 0.01, max: 12, noNaN: true }),
  }).map((changes) => ({ ...standard, ...changes }))

  it.each(deviceModels.map(({ kind }) => kind))('%s: gives a document of parts at any settings, and draws its preview', (model) => {
    fc.assert(fc.property(settings, (device) => {
      const document = documentOf({ ...device, model })
      expect(deviceDocumentSchema.parse(document)).toEqual(document)
    }))
    const { device } = parseSpec({ device: { model } }, 'test')
    for (const { mean, low, high } of [pulseResponse(device, 1), driftCurve(device, 1)]) {
      mean.forEach((value, k) => expect(low[k]! <= value && value <= high[k]! && value > 0).toBe(true))
    }
  })

  it.each(deviceModels.map((model) => [model.kind, model] as const))('%s: names exactly the switches that change its parts', (_, model) => {
    const off = { writeNoise: false, nonlinearity: false, readNoise: 'off', drift: false } as const
    const changing = Object.entries(off).filter(([setting, value]) =>
      JSON.stringify(model.document({ ...standard, [setting]: value })) !== JSON.stringify(model.document(standard)))
    expect(changing.map(([setting]) => setting)).toEqual(model.nonIdealities)
  })

  it('refuses a model that it does not have, by name', () => {
    const device = { ...standard, model: 'magic' as never }
    const options = { post: 1, pre: 1, pairs: 1, seed: 1, array: 0, selfConnected: true, kernels: referenceKernels }
    expect(() => new Crossbar({ ...options, device }))
      .toThrow('There is no device model "magic". Choose pcm or performance.')
    expect(() => pulseResponse(device, 1)).toThrow('magic')
    expect(() => parseSpec({ device: { model: 'magic' } }, 'test')).toThrow('device.model must be "pcm" or "performance"')
  })
})
