import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import type { ArgsOf, Op } from '../../../src-main/library/operations.ts'
import { arrayOf, environment, metricsOf, partOf } from './support.ts'

/** Requests that are made rarely, or that have to read everything. */
type Rare = 'importRun' | 'knownRuns' | 'repair' | 'backUp' | 'compact' | 'cancel' | 'closeWhole' | 'close' | 'presets' | 'savePreset'
  | 'deletePreset' | 'figures' | 'saveFigure' | 'deleteFigure' | 'views' | 'saveView' | 'deleteView' | 'sweeps' | 'samples' | 'samplesText' | 'complete'

const at = '2026-01-01T00:00:00.000Z'
const runId = '0run00000001'
const sweepId = '0sweep000001'
const run = { runId, spec: parseSpec({ recording: { snapshotEnd: false } }, 'test'), environment, createdAt: at, sequences: 3, sweep: { sweepId, arm: 0 } }
const sweep = { sweepId, name: '', createdAt: at, document: sweepSchema.parse({ spec: {}, axes: [], seeds: [1] }) }
const which = { query: 'loss < 1 and learning.rateInput > 1e-5 and tag:paper mixed', shelf: 'library' as const }
const listing = { groupBy: [], replicates: true }
const end = { endedAt: at, digest: null, secondsPerSequence: null, secondsComputed: 1, error: null }

type Again = { 'runPage of a sweep': ArgsOf<'runPage'>; 'orderRuns by a name': ArgsOf<'orderRuns'>; 'orderRuns by time': ArgsOf<'orderRuns'> }

/** The arguments of every frequent request, in an order in which they succeed. */
export const requests: { [Name in Exclude<Op, Rare>]: ArgsOf<Name> } & Again = {
  createRuns: [[run], sweep],
  adoptQueued: [],
  orderQueue: [[runId]],
  prioritise: [[runId], 'high'],
  release: [[runId]],
  markRunning: [runId, at, environment],
  markVerified: [[runId]],
  appendEpochs: [runId, [metricsOf(1)], 1],
  putArrays: [runId, 1, [arrayOf('input', 1)], 0],
  putCheckpoint: [runId, 1, [partOf('weights', 1)]],
  interruptUnfinished: [],
  requeue: [[runId], at, true],
  finishRuns: [[runId], { ...end, status: 'paused' }],
  losses: [sweepId, 1],
  endRound: [sweepId, { seen: [{ runId, status: 'paused', epochsDone: 1 }], stop: [{ runId, error: null }], advance: [], at }],
  checkpoint: [runId],
  'runPage': [null, { createdAt: at, runId }, 1000],
  'runPage of a sweep': [sweepId, { createdAt: at, runId }, 1000],
  sweep: [sweepId],
  overview: [runId],
  epochPage: [runId, 0, 1000],
  outlines: [[runId]],
  epochColumns: [[runId]],
  array: [runId, 1, 'weight', 'input'],
  timings: [200],
  exportSums: [[runId]],
  judgeOutcomes: [''],
  findUnreadable: [],
  indexParameters: [],
  runRows: [[runId]],
  annotate: [[runId], { addTags: ['paper'], note: 'good', starred: true, name: 'mine' }],
  findRuns: [which, {}],
  countRuns: [which, {}],
  queryRuns: [{ ...which, columns: ['name', 'loss', 'tag', 'learning.rateInput'], sort: [], groupBy: [], offset: 0, limit: 10 }, {}],
  orderRuns: [{ ...which, ...listing, sort: { name: 'loss', descending: true } }, {}],
  'orderRuns by a name': [{ ...which, ...listing, sort: { name: 'name', descending: true } }, {}],
  'orderRuns by time': [{ ...which, ...listing, query: '', replicates: false, sort: { name: 'created', descending: true } }, {}],
  listedGroups: [{ ...which, ...listing, query: '', columns: ['name', 'loss', 'tag', 'learning.rateInput'], keys: ['[1]'] }, {}],
  runCells: [{ runIds: [runId], columns: ['loss', 'tag', 'learning.rateInput'] }],
  completeQuery: ['scheme = ', 9, {}],
  usage: [],
  settings: [],
  configure: [{ workers: 1 }],
  changedElsewhere: [],
  shelve: [[runId], 'trash'],
  deleteRuns: [[runId]],
}
