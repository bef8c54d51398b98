import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { driftCurve, PREVIEW_DEVICES, pulseResponse, SETS_BEFORE_DRIFT } from '../../../../src-engine/analysis/device-preview.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

const { device } = specSchema.parse({})
const quiet = { ...device, writeNoise: false, readNoise: 'off' as const }

const golden = JSON.parse(readFileSync(new URL('../../../../resources/golden/pcm-statistics.json', import.meta.url), 'utf8')) as {
  set_pulses_gmax_12: { rows: [pulse: number, mean: number, deviation: number][] }
}

describe('the pulse response', () => {
  it('matches the device model within four standard errors of the mean', () => {
    const { x, mean, high } = pulseResponse(device, 42)
    for (const [pulse, expected, deviation] of golden.set_pulses_gmax_12.rows.slice(0, 20)) {
      expect(x[pulse]).toBe(pulse)
      expect(Math.abs(mean[pulse]! - expected)).toBeLessThan((4 * deviation) / Math.sqrt(PREVIEW_DEVICES))
      expect((high[pulse]! - mean[pulse]!) / deviation).toBeCloseTo(1, 0)
    }
  })

  it('begins at N(G0, 0.1·G0), and SETs without noise narrow the band', () => {
    const { mean, low } = pulseResponse({ ...quiet, initialConductance: 2 }, 1)
    expect(Math.abs(mean[0]! - 2)).toBeLessThan(4 * 0.2 / Math.sqrt(PREVIEW_DEVICES))
    const width = mean[0]! - low[0]!
    expect(Math.abs(width - 0.2)).toBeLessThan(4 * 0.2 / Math.sqrt(2 * PREVIEW_DEVICES))
    // A SET moves G by −0.084·G plus an amount that is the same for all devices.
    mean.forEach((value, index) => expect(value - low[index]!).toBeCloseTo(width * 0.916 ** index, 10))
  })

  it('is the same for the same seed and differs for another', () => {
    expect(pulseResponse(device, 7)).toEqual(pulseResponse(device, 7))
    expect(pulseResponse(device, 7)).not.toEqual(pulseResponse(device, 8))
  })

  it('of an ideal device climbs by G_max/2^bits to G_max', () => {
    const { mean } = pulseResponse({ ...device, model: 'performance', bits: 2, initialConductance: 0.1 }, 1)
    expect([...mean.slice(0, 6)]).toEqual([0.1, 3.1, 6.1, 9.1, 12, 12].map((value) => expect.closeTo(value, 2)))
  })
})

describe('the drift curve', () => {
  it('falls by (t/38.6 s)^−ν from the programmed conductance', () => {
    const programmed = pulseResponse(quiet, 1).mean[SETS_BEFORE_DRIFT]!
    const { x, mean } = driftCurve({ ...quiet, driftExponent: 0.1 }, 1)
    x.forEach((age, index) => expect(mean[index]).toBeCloseTo(programmed * (age / 38.6) ** -0.1, 6))
    expect([x[0], x.at(-1)]).toEqual([1, 100_000])
  })

  it('is flat without drift, and has a band of READ noise', () => {
    const { mean, low } = driftCurve({ ...device, writeNoise: false, drift: false }, 1)
    expect(Math.max(...mean) - Math.min(...mean)).toBeLessThan(0.2)
    mean.forEach((value, index) => expect(value - low[index]!).toBeCloseTo(0.03 * value + 0.13, 1))
  })
})
