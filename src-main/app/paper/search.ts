import { armResults } from '../../../src-engine/analysis/arm-results.ts'
import { type Change, withChanges } from '../../../src-engine/spec/change.ts'
import type { SweepInput } from '../../../src-engine/spec/sweep.ts'
import { nameOf, type PaperScheme } from '../../../src-engine/sweep/paper/schemes.ts'
import { randomSearch, searchAround, searchBudget, searchSeeds } from '../../../src-engine/sweep/paper/search.ts'
import type { App } from '../app.ts'

/** Settings that a search has found for a scheme. */
export interface Found {
  scheme: PaperScheme
  changes: Change[]
  /** MSE of the last 20 epochs, mean over the search's seeds. */
  loss: number
}

/** Runs a sweep to its end, or goes on with it. @returns its id; null where it was interrupted */
export type RunSweep = (document: SweepInput) => Promise<string | null>

type Kept = Pick<App, 'sweeps' | 'list'>

/**
 * The search of one scheme: settings at random, then around the best of them, by successive halving on seeds of its own. Both halves
 * are sweeps that are kept, so that a search goes on where it was cut off.
 * @returns null where it was interrupted
 */
export async function searchScheme(app: Kept, run: RunSweep, scheme: PaperScheme): Promise<Found | null> {
  const first = await bestOf(app, await run(randomSearch(scheme)))
  if (first === null) return null
  const second = await bestOf(app, await run(searchAround(scheme, first.changes)))
  if (second === null) return null
  return { scheme, ...(second.loss < first.loss ? second : first) }
}

async function bestOf(app: Kept, sweepId: string | null): Promise<Omit<Found, 'scheme'> | null> {
  const kept = (await app.sweeps.list()).find((sweep) => sweep.sweepId === sweepId)
  if (!kept) return null
  const runs = (await app.list()).filter(({ sweep }) => sweep?.sweepId === sweepId)
  const [best] = armResults(kept.arms.map(({ label }) => label), true, runs)
  return { changes: kept.arms[best.arm].changes, loss: best.sample.mean }
}

/** What a preset says besides its settings. */
export interface PresetText {
  title: string
  description: string
}

/** The preset file of what was found. @param from which version found it, and when */
export const presetOf = (
  { scheme, changes, loss }: Found,
  { title, description }: PresetText,
  from: { version: string; date: string },
) => ({
  title,
  description,
  provenance: provenanceOf(loss, from),
  spec: withChanges(scheme.spec, changes),
})

function provenanceOf(loss: number, { version, date }: { version: string; date: string }): string {
  const { random, around, firstEpochs, keep } = searchBudget
  return `Found by chalcogen reproduce paper --search: ${random} settings at random and ${around} around the best of them, `
    + `all for ${firstEpochs} epochs and the best ${keep * 100} % of them to the end, on seeds ${searchSeeds.join(' and ')}; `
    + `every scheme of the comparison was given the same. Mean of the last 20 epochs at these seeds: ${loss.toPrecision(3)} `
    + `(version ${version}, ${date}); at seeds that the search never saw: docs/results.md.`
}

/** What a new preset is called until somebody finds better words. */
export const plainText = (scheme: PaperScheme): PresetText =>
  ({ title: nameOf(scheme), description: `Of the comparison of arXiv 2108.01804: ${nameOf(scheme)}.` })
