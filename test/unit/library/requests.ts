import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import type { Op, Request } from '../../../src-main/library/protocol.ts'
import { arrayOf, environment, metricsOf, partOf } from './support.ts'

type Without<Union> = Union extends unknown ? Omit<Union, 'id' | 'op'> : never
type Input<Name extends Op> = Without<Extract<Request, { op: Name }>>

/** Requests that are made rarely, or that have to read everything. */
type Rare = 'importRun' | 'importLibrary' | 'repair' | 'backUp' | 'compact' | 'cancel' | 'closeWhole' | 'close' | 'presets' | 'savePreset'
  | 'deletePreset' | 'sweeps'

const at = '2026-01-01T00:00:00.000Z'
const runId = '0run00000001'
const sweepId = '0sweep000001'
const run = { runId, spec: parseSpec({ recording: { snapshotEnd: false } }, 'test'), environment, createdAt: at, sequences: 3, sweep: { sweepId, arm: 0 } }
const sweep = { sweepId, name: '', createdAt: at, document: sweepSchema.parse({ spec: {}, axes: [], seeds: [1] }) }
const end = { endedAt: at, digest: null, secondsPerSequence: null, secondsComputed: 1, error: null }

/** One of every frequent request, in an order in which they succeed. */
export const requests: { [Name in Exclude<Op, Rare>]: Input<Name> } & { 'list of a sweep': Input<'list'> } = {
  createRuns: { runs: [run], sweep },
  adoptQueued: {},
  orderQueue: { runIds: [runId] },
  prioritise: { runIds: [runId], priority: 'high' },
  release: { runIds: [runId] },
  markRunning: { runId, startedAt: at, environment },
  appendEpochs: { runId, epochs: [metricsOf(1)], secondsComputed: 1 },
  putArrays: { runId, epoch: 1, arrays: [arrayOf('input', 1)], supersedes: 0 },
  putCheckpoint: { runId, sequences: 1, parts: [partOf('weights', 1)] },
  interruptUnfinished: {},
  requeue: { runIds: [runId], queuedAt: at, first: true },
  finishRuns: { runIds: [runId], end: { ...end, status: 'paused' } },
  losses: { sweepId, epoch: 1 },
  endRound: { sweepId, end: { seen: [{ runId, status: 'paused', epochsDone: 1 }], stop: [{ runId, error: null }], advance: [], at } },
  checkpoint: { runId },
  'list': { sweepId: null, after: { createdAt: at, runId }, most: 1000 },
  'list of a sweep': { sweepId, after: { createdAt: at, runId }, most: 1000 },
  sweep: { sweepId },
  overview: { runId },
  epochs: { runId, after: 0, most: 1000 },
  outlines: { runIds: [runId] },
  epochColumns: { runIds: [runId] },
  array: { runId, epoch: 1, kind: 'weight', name: 'input' },
  timings: { most: 200 },
  judgeOutcomes: { after: '' },
  findUnreadable: {},
  usage: {},
  settings: {},
  configure: { settings: { workers: 1 } },
  changedElsewhere: {},
  shelve: { runIds: [runId], shelf: 'trash' },
  deleteRuns: { runIds: [runId] },
}
