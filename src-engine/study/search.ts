import { type Change, withChanges } from '../experiment/change.ts'
import { Stream } from '../random/stream.ts'
import type { SweepInput } from '../experiment/sweep.ts'
import { joinedName } from '../sweep/label.ts'
import { meanOf } from '../statistics/samples.ts'
import type { Outcome } from '../statistics/comparison.ts'
import { armsOf, boxOf, changesOf, definedBy, merged } from './arms.ts'
import { changesAt, type Edge, edgesOf, type Point, pointOf, widened } from './box.ts'
import { proposals } from './optimisers.ts'
import type { Box, Search, Study } from './study.ts'

/** The search of one arm. */
export interface SearchTask {
  /** Id of the arm in the settings that the search finds. */
  id: string
  label: string
  /** The experiment, without the searched settings. */
  spec: SweepInput['spec']
  box: Box
  search: Search
}

/** One setting that was tried. */
export interface Trial {
  changes: readonly Change[]
  /** Mean loss over the search seeds, with the penalty of the search. */
  score: number
  /** Epochs that all of its runs have finished. Early stopping ends most of them before the others. */
  epochs: number
}

/** One run of a trial, as the library has it. */
export interface TrialRun {
  /** Mean loss of the last 20 epochs; null without any. */
  loss: number | null
  outcome: Outcome | null
  epochs: number
}

/** A search needs no snapshots and no checkpoints. */
const unrecorded = { snapshotEvery: 0, snapshotEnd: false, checkpointEvery: 0 }

/** Searches of all arms of a study that have settings of their own. */
export function searchTasks(study: Study): SearchTask[] {
  const { search } = study
  if (search === undefined) return []
  return armsOf(study).filter(({ id, settingsOf }) => id === settingsOf).map((arm) => ({
    id: arm.id,
    label: arm.label,
    spec: searched({}, definedBy(arm), study),
    box: boxOf(study, arm),
    search,
  }))
}

/**
 * The experiment of a search: without snapshots and checkpoints, and with what a search computes otherwise.
 * @param own what makes the arm; a search leaves it as it is
 */
export function searched(document: unknown, own: readonly Change[], { spec, search }: Pick<Study, 'spec' | 'search'>): SweepInput['spec'] {
  const otherwise = changesOf(search?.changes ?? {}).filter(({ path }) => !own.some((change) => change.path === path))
  return withChanges(merged(merged(withChanges(document, own), spec), { recording: unrecorded }), otherwise) as SweepInput['spec']
}

/** The mean loss of a trial. A run that diverged or fell silent counts with the penalty, and no run counts with more. */
export const scoreOf = (runs: readonly TrialRun[], penalty: number): number => meanOf(runs.map(({ loss, outcome }) =>
  (loss === null || !Number.isFinite(loss) || outcome === 'diverged' || outcome === 'silent' ? penalty : Math.min(loss, penalty))))

/** What a restart does next: it runs a batch of settings, or it has ended. */
export type Step =
  | { kind: 'batch'; document: SweepInput; changes: Change[][] }
  | { kind: 'end'; best: Trial; edges: Edge[]; trials: number }

/**
 * The next step of one independent search, from the results of its batches alone. So a search that was cut off continues to the same end.
 * @param restart counted from 1; its draws differ from those of the other restarts
 * @param done results of the finished batches, in order
 */
export function stepOf(task: SearchTask, restart: number, done: readonly (readonly Trial[])[]): Step {
  const { search } = task
  let [box, planned, widenings] = [task.box, search.batches, 0]
  let widening: Widening | null = null
  for (;;) {
    if (done.length < planned) return batchOf(task, box, restart, done, widening?.batch === done.length ? widening : null)
    const best = bestOf(done.slice(0, planned).flat())
    const edges = edgesOf(box, best.changes, search.edge)
    const wider = widened(box, edges)
    const isWider = JSON.stringify(wider) !== JSON.stringify(box)
    if (!isWider || widenings === search.widen.times) return { kind: 'end', best, edges, trials: done.flat().length }
    widening = { batch: planned, before: box, edges }
    box = wider
    planned += search.widen.batches
    widenings += 1
  }
}

/** A box that was widened: the first batch that sees it, and where it ended before. */
interface Widening {
  batch: number
  before: Box
  edges: readonly Edge[]
}

/** The best of the settings that no early stopping ended: a loss after fewer epochs is another measure. */
export const bestOf = (trials: readonly Trial[]): Trial => trials.toSorted((a, b) => b.epochs - a.epochs || a.score - b.score)[0]!

/** Limit of a sweep's name in the schema, characters. */
const LONGEST_NAME = 160

function batchOf(
  { label, spec, search }: SearchTask, box: Box, restart: number, done: readonly (readonly Trial[])[], widening: Widening | null,
): Step {
  const batch = done.length
  const proposed = proposals(search.optimiser, {
    ordered: done.flat().sort((a, b) => a.score - b.score).map(({ changes }) => pointOf(box, changes)),
    dimensions: Object.keys(box).length, count: search.trials, seed: restart, batch, batches: search.batches,
  })
  const points = widening === null ? proposed : movedBeyond(proposed, box, widening, new Stream(restart, 'sweep points', batch, 1))
  const changes = points.map((point) => changesAt(box, point))
  const variants = changes.map((own, index) => ({
    label: `setting ${batch * search.trials + index + 1}`,
    changes: Object.fromEntries(own.map(({ path, value }) => [path, value])),
  }))
  const name = joinedName(`Search ${label}`, `restart ${restart}, batch ${batch + 1}`, LONGEST_NAME)
  return { kind: 'batch', changes, document: { name, spec, variants, seeds: search.seeds, halving: search.halving } }
}

/** Points whose widened settings lie in the new part of their range. The optimiser has seen nothing there yet, and would hardly enter it. */
function movedBeyond(points: readonly Point[], box: Box, { before, edges }: Widening, stream: Stream): Point[] {
  const paths = Object.keys(box)
  const ends = edges.map(({ path, end }) => {
    const dimension = paths.indexOf(path)
    const old = pointOf({ [path]: box[path]! }, [{ path, value: before[path]![end === 'lower' ? 0 : 1] }])[0]!
    return { dimension, from: end === 'lower' ? 0 : old, to: end === 'lower' ? old : 1 }
  })
  return points.map((point, index) => point.map((position, dimension) => {
    const moved = ends.find((one) => one.dimension === dimension)
    return moved ? moved.from + (moved.to - moved.from) * stream.uniform(index, dimension) : position
  }))
}

/** Most runs that a search starts, without widened ranges. Early stopping ends most of them after the first round. */
export const runsOf = ({ search: { restarts, batches, trials, seeds } }: SearchTask): number =>
  restarts * batches * trials * seeds.length

