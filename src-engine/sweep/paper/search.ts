import type { Change } from '../../spec/change.ts'
import type { SweepInput } from '../../spec/sweep.ts'
import { type Box, giveUpAfter, nameOf, type PaperScheme } from './schemes.ts'

export const searchSeeds = [101, 102] as const

/** A search looks at settings and nothing else. */
const unrecorded = { snapshotEvery: 0, snapshotEnd: false, checkpointEvery: 0 }

/** The same for every scheme: so many settings at random, then as many around the best of them. */
export const searchBudget = { random: 24, around: 12, firstEpochs: 60, keep: 0.125 } as const

/** How far around the best it is looked: from a value divided by this to the value times this. */
const AROUND = 1.6

/** The first half of a scheme's search: settings at random, of which the best go on to the end (successive halving). */
export const randomSearch = (scheme: PaperScheme): SweepInput =>
  search(`Search, ${nameOf(scheme)}`, scheme, scheme.box, searchBudget.random)

/** The second half: settings around the best of the first. @param best its changes */
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
