import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TrainingEvent } from '../../../src-engine/training/events.ts'
import type { EngineLink } from '../../../src-main/runs/engine-link.ts'
import type { EngineTask } from '../../../src-main/runs/messages.ts'
import { train, type Training } from '../../../src-main/runs/train.ts'
import { small } from '../engine/training/small.ts'

let now = 0
beforeEach(() => {
  now = 0
  messages.length = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => vi.restoreAllMocks())

const sequenceEvent = {
  kind: 'sequence', epoch: 1, sequence: 1, pattern: 0, loss: 0, meanRateHz: 0,
  output: new Float32Array(), target: new Float32Array(), spikes: new Uint16Array(),
} as TrainingEvent
const epochEvent = (epoch: number) => ({ kind: 'epoch', epoch, loss: 1 }) as unknown as TrainingEvent

interface Setup {
  sequences: number
  /** Sequences that a checkpoint holds. */
  from?: number
  holdAt?: number | null
  checkpointEvery?: number
  /** Time of a snapshot of the trainer, s. A sequence takes 1 s. */
  snapshotSeconds?: number
  haltAfter?: number
  step?: () => TrainingEvent[]
}

/** Messages of failures. */
const messages: string[] = []

/** Trains with a fake trainer. Returns everything that the worker sent. */
async function sentBy(
  { sequences, from = 0, holdAt = null, checkpointEvery = 0, snapshotSeconds = 0, haltAfter = Infinity, step }: Setup,
) {
  let [done, isHalted] = [from, from >= haltAfter]
  const sent: string[] = []
  const training: Training = {
    get done() { return done === sequences },
    get sequencesDone() { return done },
    step: step ?? (() => {
      now += 1000
      done++
      return [epochEvent(done)]
    }),
    arrays: () => [],
    digest: () => new Uint8Array([1, 2, 3]),
    snapshot: () => {
      now += 1000 * snapshotSeconds
      return { weights: new Float64Array(2) } as unknown as ReturnType<Training['snapshot']>
    },
  }
  const link = {
    get haltRequested() { return isHalted },
    watched: { layer: 'input', neuron: 0, presynaptic: 0 },
    post: ({ kind, sequencesDone }: { kind: string; sequencesDone?: number }) => sent.push([kind, sequencesDone ?? []].flat().join(' ')),
    end: ({ kind, code, message }: { kind: string; code?: string; message?: string }) => {
      sent.push(code === undefined ? kind : `${kind} ${code}`)
      if (message) messages.push(message)
    },
    keep: async (record: { kind: string; sequences?: number; epoch?: number; metrics?: { epoch: number } }) => {
      sent.push(`${record.kind} ${record.sequences ?? record.epoch ?? record.metrics?.epoch}`)
    },
    // A request to halt arrives only here.
    yieldToEvents: async () => { isHalted = done >= haltAfter },
  } as unknown as EngineLink
  const spec = small({ recording: { checkpointEvery } })
  await train(() => training, { spec, holdAt } as EngineTask, link)
  return sent
}

const checkpoints = (sent: string[]) => sent.filter((one) => one.startsWith('checkpoint')).map((one) => Number(one.split(' ')[1]))

test('a run sends its progress, its epochs and its end, and no checkpoint after the last sequence', async () => {
  expect(await sentBy({ sequences: 3 })).toEqual(['progress 0', 'epoch 1', 'epoch 2', 'epoch 3', 'progress 3', 'done'])
})

test('a run that is halted saves a checkpoint before it says so', async () => {
  expect(await sentBy({ sequences: 9, haltAfter: 2 })).toEqual([
    'progress 0', 'epoch 1', 'epoch 2', 'progress 2', 'checkpoint 2', 'halted',
  ])
})

test('a run that is halted before its first sequence saves no checkpoint, since the last one is as new', async () => {
  expect(await sentBy({ sequences: 9, from: 4, haltAfter: 0 })).toEqual(['progress 4', 'progress 4', 'halted'])
})

test('a run waits at the end of its round, at once if it is already there', async () => {
  expect((await sentBy({ sequences: 9, holdAt: 2 })).slice(-2)).toEqual(['checkpoint 2', 'held'])
  expect(await sentBy({ sequences: 9, from: 2, holdAt: 2 })).toEqual(['progress 2', 'progress 2', 'held'])
})

test('checkpoints are as many seconds apart as the spec says, and 0 means none', async () => {
  expect(checkpoints(await sentBy({ sequences: 8, checkpointEvery: 3 }))).toEqual([3, 6])
  expect(checkpoints(await sentBy({ sequences: 8, checkpointEvery: 0 }))).toEqual([])
})

test('a run that is halted right after a checkpoint does not save it again', async () => {
  expect(checkpoints(await sentBy({ sequences: 9, checkpointEvery: 2, haltAfter: 2 }))).toEqual([2])
})

test('a snapshot is saved as a snapshot', async () => {
  let steps = 0
  const step = () => {
    if (++steps === 2) throw new Error('enough')
    return [{ kind: 'snapshot', epoch: 7, supersedes: null, arrays: [] }] as unknown as TrainingEvent[]
  }
  expect(await sentBy({ sequences: 9, step })).toContain('snapshot 7')
})

test('checkpoints take at most a twentieth of the time', async () => {
  expect(checkpoints(await sentBy({ sequences: 50, checkpointEvery: 1, snapshotSeconds: 1 }))).toEqual([1, 21, 41])
})

test('a sequence that is due is shown with the progress', async () => {
  let steps = 0
  const step = () => {
    steps++
    if (steps === 3) throw new Error('enough')
    return [epochEvent(steps), sequenceEvent]
  }
  // The second sequence comes too soon after the first frame.
  expect(await sentBy({ sequences: 9, step })).toEqual([
    'progress 0', 'epoch 1', 'progress 0', 'frame', 'epoch 2', 'failed engine-error',
  ])
})

test('an error of the trainer is the end of the run, and a lack of memory has its own code', async () => {
  const failing = (error: unknown) => sentBy({ sequences: 2, step: () => { throw error } })
  expect(await failing(new Error('no'))).toEqual(['progress 0', 'failed engine-error'])
  expect(await failing(new RangeError('Array buffer allocation failed'))).toContain('failed out-of-memory')
  expect(await failing(new RangeError('Invalid array length'))).toContain('failed out-of-memory')
  expect(await failing(new RangeError('toFixed() digits'))).toContain('failed engine-error')
  expect(await failing(new Error('allocation failed'))).toContain('failed engine-error')
  await failing('only words')
  expect([messages[0], messages.at(-1)]).toEqual(['no', 'only words'])
})
