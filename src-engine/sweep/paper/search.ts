import type { Change } from '../../spec/change.ts'
import type { SweepInput } from '../../spec/sweep.ts'
import { type Box, giveUpAfter, nameOf, type PaperScheme } from './schemes.ts'

export const searchSeeds = [101, 102] as const

/** A search needs no snapshots and no checkpoints. */
const unrecorded = { snapshotEvery: 0, snapshotEnd: false, checkpointEvery: 0 }

/** Number of random settings, and of settings around the best one. The same for every scheme. */
export const searchBudget = { random: 24, around: 12, firstEpochs: 60, keep: 0.125 } as const

/** Range around the best settings: from a value divided by this factor to the value times this factor. */
const AROUND = 1.6

/** First half of a scheme's search: random settings. Only the best ones run to the end (successive halving). */
export const randomSearch = (scheme: PaperScheme): SweepInput =>
  search(`Search, ${nameOf(scheme)}`, scheme, scheme.box, searchBudget.random)

/** Second half: settings around the best one of the first half. @param best the changes of that setting */
export const searchAround = (scheme: PaperScheme, best: readonly Change[]): SweepInput => {
  const box = best.map(({ path, value }) => [path, [Number(value) / AROUND, Number(value) * AROUND]] as const)
  return search(`Search around the best, ${nameOf(scheme)}`, scheme, Object.fromEntries(box), searchBudget.around)
}

const search = (name: string, { spec }: PaperScheme, box: Box, count: number): SweepInput => ({
  name,
  spec: { ...spec, training: { giveUpAfter }, recording: unrecorded },
  axes: Object.entries(box).map(([path, [from, to]]) => ({ kind: 'sample', path, from, to, scale: 'logarithmic' })),
  sampling: { sequence: 'random', count, seed: 1 },
  seeds: [...searchSeeds],
  halving: { firstEpochs: searchBudget.firstEpochs, keep: searchBudget.keep },
})
