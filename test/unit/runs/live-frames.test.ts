import { afterEach, expect, test, vi } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { SequenceEvent } from '../../../src-engine/training/events.ts'
import { kernelsFor } from '../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../src-engine/training/trainer.ts'
import { LiveFrames } from '../../../src-main/runs/live-frames.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'
import { small } from '../engine/training/small.ts'

const synapse = { layer: 'recurrent', neuron: 4, presynaptic: 2 } as const

const taskOf = (spec: ReturnType<typeof small>) =>
  ({ kind: 'run', runId: 'run00001', spec, kernels: kernelsModule, checkpoint: null, holdAt: null }) as const

afterEach(() => vi.restoreAllMocks())

test('a frame shows the sequence, the selected synapse and the update', () => {
  const spec = small({ scheme: { kind: 'sign' } })
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  const frames = new LiveFrames(taskOf(spec))
  const [event] = trainer.step(frames.begin(synapse)) as [SequenceEvent]
  const frame = frames.frameOf(event, () => trainer.arrays())!
  expect(frame).toMatchObject({ runId: 'run00001', epoch: 1, pattern: event.pattern, output: event.output, spikes: event.spikes })
  expect(frame.traces).toMatchObject(synapse)
  expect(frame.traces!.spikes).toHaveLength(frame.spikeCounts[4]!)
  expect(frame.maps.map(({ layer }) => layer)).toEqual(['input', 'recurrent', 'output'])
  expect(frame.audits.map(({ layer }) => layer)).toEqual(['input', 'recurrent', 'output'])
  expect(frame.histogram!.quantity).toBe('conductance')
})

test('frames take at most a tenth of the time, and come at most eight times a second', () => {
  const frames = new LiveFrames(taskOf(small()))
  const event: SequenceEvent = {
    kind: 'sequence', epoch: 1, sequence: 1, pattern: 0, loss: 0, meanRateHz: 0, zeroSurrogate: 0, outputs: 1,
    output: new Float32Array(), target: new Float32Array(), spikes: new Uint16Array(),
  }
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const isDueAt = (ms: number) => {
    now = ms
    return frames.begin(synapse) !== undefined
  }
  const draw = (cost: number) => frames.frameOf(event, () => {
    now += cost
    return []
  })
  expect(isDueAt(0)).toBe(true)
  expect(draw(1)).not.toBeNull()
  expect(isDueAt(100)).toBe(false)
  expect(draw(1)).toBeNull()
  expect(isDueAt(126)).toBe(true)
  draw(40)
  expect(frames.seconds).toBeCloseTo(0.04)
  expect(isDueAt(126 + 40 + 399)).toBe(false)
  expect(isDueAt(126 + 40 + 400)).toBe(true)
})

test('a frame of a large network stays small', () => {
  const spec = parseSpec({ task: { kind: 'sinusoids', steps: 20_000, inputChannels: 12 }, network: { recurrentNeurons: 1024 } }, 'test')
  const frames = new LiveFrames(taskOf(spec))
  frames.begin(synapse)
  const spikes = Uint16Array.from({ length: 2 * 1_000_000 }, (_, k) => (k % 2 === 0 ? Math.floor(k / 100) : (k * 7) % 1024))
  const event: SequenceEvent = {
    kind: 'sequence', epoch: 1, sequence: 1, pattern: 0, loss: 0, meanRateHz: 0, zeroSurrogate: 0, outputs: 1,
    output: new Float32Array(20_000), target: new Float32Array(20_000), spikes,
  }
  const weights = { kind: 'weight', name: 'recurrent', shape: [1024, 1024], data: new Float32Array(1024 * 1024) }
  expect(bytesIn(frames.frameOf(event, () => [weights]))).toBeLessThan(1_000_000)
})

function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 8
  return Object.values(value).reduce((sum: number, part) => sum + bytesIn(part), 0)
}
