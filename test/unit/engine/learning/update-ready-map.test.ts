import { describe, expect, it } from 'vitest'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { Changes } from '../../../../src-engine/learning/changes.ts'
import { updateReady } from '../../../../src-engine/learning/schemes/update-ready.ts'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { type SchemeOf, schemeSchema } from '../../../../src-engine/experiment/scheme.ts'
import { type DeviceSpec, specSchema } from '../../../../src-engine/experiment/spec.ts'

/** A weight step of 0.125 is 1 µS at this scale, so that any whole number of µS can be wanted. */
const SCALE = 8
const spec = schemeSchema.parse({ kind: 'update-ready' }) as SchemeOf<'update-ready'>
const layer = { name: 'input', index: 0, seed: 11, conventions: conventionSets.corrected } as const
const at = { now: 1000, sequence: 1, estimate: 'stored' as const }

interface Source {
  plus: number
  minus: number
  /** Pulse memory P of both devices. */
  memory: number
}

/** One update of `pairs` pairs by the scheme. */
function programmed({ plus, minus, memory }: Source, wanted: number, pairs: number, changes: Partial<DeviceSpec> = {}) {
  const device = { ...specSchema.parse({}).device, scale: SCALE, ...changes }
  const crossbar = new Crossbar({
    post: 1, pre: pairs, pairs: 1, device, seed: 11, array: 0, selfConnected: true, kernels: referenceKernels,
  })
  const { conductance, state, ledger } = crossbar.devices
  conductance.set(Float64Array.from({ length: 2 * pairs }, (_, k) => (k % 2 === 0 ? plus : minus)))
  state.memory!.fill(memory)
  updateReady(crossbar, spec, layer).update(new Changes(new Float64Array(pairs).fill(1), -wanted / SCALE), at)
  const delivered = Array.from({ length: pairs }, (_, k) => conductance[2 * k]! - conductance[2 * k + 1]! - (plus - minus))
  return { delivered, sets: [...ledger.set], resets: [...ledger.reset] }
}

/** Standard normals of a small generator that the engine does not use. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** What one pair is moved by, from the equations of the device paper and the rule of arXiv 2108.01804. @param noise of every draw */
function expectedMove({ plus, minus, memory }: Source, wanted: number, noise: () => number): number {
  const [g, p] = [[plus, minus], [memory, memory]]
  const raised = wanted > 0 ? 0 : 1
  let missing = wanted
  if (Math.abs(wanted) > 10 - g[raised]!) {
    g[1 - raised] = Math.max(0.1 + 0.01 * noise(), 0.01)
    p[1 - raised] = 1
    missing = plus - minus + wanted - (g[0]! - g[1]!)
  }
  const k = missing > 0 ? 0 : 1
  for (let pulse = 1; pulse <= Math.abs(missing) / 0.75; pulse++) {
    p[k]! *= Math.exp(-1 / 2.6)
    const mean = -0.084 * g[k]! + 0.88 + 1.4 * p[k]!
    const deviation = 0.091 * g[k]! + 0.26 + 2.15 * p[k]!
    g[k] = Math.min(Math.max(g[k]! + mean + deviation * noise(), 0.1), 12)
  }
  return g[0]! - g[1]! - (plus - minus)
}

const levels = [0.1, 3, 5, 8, 9.5, 11.5]
const sources: Source[] = levels.flatMap((plus) => levels.flatMap((minus) =>
  [0.05, 1].map((memory) => ({ plus, minus, memory }))))
const wantedChanges = [-8, -2, -1, 1, 2, 8]

/** Mean and variance, each with its standard error. */
function momentsOf(values: number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const squares = values.map((x) => (x - mean) ** 2)
  const variance = squares.reduce((sum, x) => sum + x, 0) / values.length
  const spread = squares.reduce((sum, x) => sum + (x - variance) ** 2, 0) / values.length
  return { mean, variance, meanError: Math.sqrt(variance / values.length), varianceError: Math.sqrt(spread / values.length) }
}

describe('programming by Update-ready', () => {
  it('RESETs the opposite device and programs what is missing, up or down', () => {
    const { delivered, sets, resets } = programmed({ plus: 9.5, minus: 5, memory: 0.05 }, 2, 1, { writeNoise: false })
    expect({ sets, resets }).toEqual({ sets: [0, 3], resets: [0, 1] })
    expect(delivered[0]).toBeGreaterThan(0)
    expect(programmed({ plus: 5, minus: 9.5, memory: 0.05 }, -2, 1)).toMatchObject({ resets: [1, 0] })
  })

  it('RESETs neither device while the one to raise can take the whole change', () => {
    expect(programmed({ plus: 8, minus: 11, memory: 1 }, 2, 1).resets).toEqual([0, 0])
    expect(programmed({ plus: 8.001, minus: 11, memory: 1 }, 2, 1).resets).toEqual([0, 1])
  })

  it('equals the equations on a map of sources and targets without write noise', () => {
    for (const source of sources) {
      for (const wanted of wantedChanges) {
        const [delivered] = programmed(source, wanted, 1, { writeNoise: false }).delivered
        expect([source, wanted, delivered]).toEqual([source, wanted, expect.closeTo(expectedMove(source, wanted, () => 0), 9)])
      }
    }
  })

  it('has the mean and deviation of the equations over 700 pairs at every point of the map, within five standard errors', () => {
    const noise = normals(5)
    for (const source of sources) {
      for (const wanted of wantedChanges) {
        const found = momentsOf(programmed(source, wanted, 700).delivered)
        const expected = momentsOf(Array.from({ length: 700 }, () => expectedMove(source, wanted, noise)))
        const where = JSON.stringify({ source, wanted, found, expected })
        expect(Math.abs(found.mean - expected.mean), where).toBeLessThan(5 * Math.hypot(found.meanError, expected.meanError))
        expect(Math.abs(found.variance - expected.variance), where)
          .toBeLessThan(5 * Math.hypot(found.varianceError, expected.varianceError))
      }
    }
  })
})
