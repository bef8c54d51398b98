import { exp } from '../kernels/elementary.ts'
import type { Kernels, Numbers, ReadLaw } from '../kernels/kernels.ts'
import { driftFactor, withReadNoise } from '../kernels/read.ts'
import { Stream } from '../random/stream.ts'
import type { DeviceSpec } from '../experiment/spec.ts'
import { clamp, type DeviceArray, newLedger } from './device-array.ts'
import { resetDistribution, startConductances } from './start.ts'

/**
 * Constants of the phase-change memory (PCM) model of Nandakumar et al., J. Appl. Phys. 124, 152135 (2018).
 * Conductances are in µS, times in s.
 */
export const pcm = {
  /** SET: ΔG ~ N(μ, σ), μ = slope·G + offset + memory·P, and σ has the same form (equations 1 and 2). */
  setMean: { slope: -0.084, offset: 0.88, memory: 1.4 },
  setDeviation: { slope: 0.091, offset: 0.26, memory: 2.15 },
  /** Each SET multiplies the pulse memory P by exp(−1/memoryPulses). */
  memoryPulses: 2.6,
  /** Estimated smallest jump ε of a SET (arXiv 2108.01804). */
  smallestJump: 0.75,
  /** READ noise ~ N(0, slope·G + offset). */
  readDeviation: { slope: 0.03, offset: 0.13 },
  /** Age at which the drift law gives the programmed conductance (equation 3). */
  referenceAge: 38.6,
  /** Lower limit of G after a SET, and of a READ. */
  smallest: 0.1,
} as const

/** Factor of the pulse memory P for a whole SET. */
const WHOLE_DECAY = exp(-1 / pcm.memoryPulses)

/** Minimum age, s, because the drift law diverges at 0. It is the age at the first READ of the public code. */
const YOUNGEST = 5e-4

/** READ law of the PCM model. Effects that the spec switches off have coefficient 0. */
export const readLawOf = (spec: DeviceSpec): ReadLaw => ({
  exponent: spec.drift ? spec.driftExponent : 0,
  referenceAge: pcm.referenceAge,
  noiseSlope: spec.readNoise === 'off' ? 0 : pcm.readDeviation.slope,
  noiseOffset: spec.readNoise === 'off' ? 0 : pcm.readDeviation.offset,
  smallest: pcm.smallest,
  largest: spec.maxConductance,
})

/**
 * PCM devices by the model of Nandakumar et al. (2018).
 * State of a device: conductance G, pulse memory P, and the time of its last programming, each [devices].
 */
export class PcmArray implements DeviceArray {
  readonly conductance: Numbers
  readonly ledger
  readonly state
  readonly readLaw: ReadLaw
  /** Pulse memory P: 1 after a RESET, decays with each SET. */
  readonly #memory: Numbers
  /** Time of the last SET or RESET, s. */
  readonly #programmedAt: Float64Array
  readonly #spec: DeviceSpec
  readonly #seed: number
  readonly #array: number
  readonly #setNoise: Stream
  readonly #resetNoise: Stream
  #readNoise: Stream
  #summedReadNoise: Stream
  readonly #normals = new Float64Array(2)

  /** @param array index of the crossbar; it gives each crossbar its own random streams */
  constructor(devices: number, spec: DeviceSpec, seed: number, array: number, { Numbers }: Pick<Kernels, 'Numbers'>) {
    this.#spec = spec
    this.#seed = seed
    this.#array = array
    this.#setNoise = new Stream(seed, 'SET', array)
    this.#resetNoise = new Stream(seed, 'RESET', array)
    this.#readNoise = new Stream(seed, 'READ', array, 0)
    this.#summedReadNoise = new Stream(seed, 'summed READ', array, 0)
    this.readLaw = readLawOf(spec)
    this.ledger = newLedger(devices)
    this.#memory = new Numbers(devices).fill(1)
    this.#programmedAt = new Float64Array(devices)
    this.conductance = new Numbers(devices)
    startConductances(this.conductance, spec, seed, array)
    this.state = { conductance: this.conductance, memory: this.#memory, programmedAt: this.#programmedAt }
  }

  get readKey() {
    return this.#readNoise.key
  }

  get sumKey() {
    return this.#summedReadNoise.key
  }

  beginSequence(sequence: number): void {
    this.#readNoise = new Stream(this.#seed, 'READ', this.#array, sequence)
    this.#summedReadNoise = new Stream(this.#seed, 'summed READ', this.#array, sequence)
  }

  /**
   * SET with P ← P·exp(−f/2.6), then G ← clip(G + N(f·μ, √f·σ)), where f is `share` (1 for a whole pulse) and μ, σ use the
   * decayed P. Without nonlinearity, μ is 0.75 µS. Without write noise, σ is 0.
   */
  set(device: number, now: number, share = 1): void {
    const before = this.conductance[device]
    const memory = this.#memory[device] * (share === 1 ? WHOLE_DECAY : exp(-share / pcm.memoryPulses))
    const { setMean, setDeviation } = pcm
    const mean = this.#spec.nonlinearity ? setMean.slope * before + setMean.offset + setMean.memory * memory : pcm.smallestJump
    let jump = share * mean
    if (this.#spec.writeNoise) {
      const deviation = setDeviation.slope * before + setDeviation.offset + setDeviation.memory * memory
      jump += Math.sqrt(share) * deviation * this.#setNoise.normal(device, this.ledger.set[device])
    }
    this.#memory[device] = memory
    this.conductance[device] = clamp(before + jump, pcm.smallest, this.#spec.maxConductance)
    this.#programmedAt[device] = now
    this.ledger.set[device] += 1
  }

  reset(device: number, now: number): void {
    this.conductance[device] = this.#afterReset(this.#resetNoise.normal(device, this.ledger.reset[device]))
    this.#memory[device] = 1
    this.#programmedAt[device] = now
    this.ledger.reset[device] += 1
  }

  ageAt(device: number, now: number): number {
    return Math.max(now - this.#programmedAt[device], YOUNGEST)
  }

  readPair(pair: number, now: number, readIndex: number, into: Float64Array): void {
    const plus = 2 * pair
    this.ledger.read[plus] += 1
    this.ledger.read[plus + 1] += 1
    this.#readNoise.normalPair(pair, readIndex, this.#normals)
    into[0] = this.#observed(plus, now, this.#normals[0])
    into[1] = this.#observed(plus + 1, now, this.#normals[1])
  }

  #observed(device: number, now: number, normal: number): number {
    const { exponent, referenceAge } = this.readLaw
    const drift = exponent === 0 ? 1 : driftFactor(this.ageAt(device, now) / referenceAge, exponent)
    return withReadNoise(this.conductance[device] * drift, normal, this.readLaw)
  }

  #afterReset(normal: number): number {
    const mean = this.#spec.resetConductance
    const deviation = this.#spec.writeNoise ? resetDistribution.deviation * mean : 0
    return clamp(mean + deviation * normal, resetDistribution.floor, this.#spec.maxConductance)
  }
}
