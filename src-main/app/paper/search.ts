import { armResults } from '../../../src-engine/analysis/arm-results.ts'
import { formatNumber } from '../../../src-engine/format/numbers.ts'
import { type Change, withChanges } from '../../../src-engine/spec/change.ts'
import type { SweepInput } from '../../../src-engine/spec/sweep.ts'
import { nameOf, type PaperScheme } from '../../../src-engine/sweep/paper/schemes.ts'
import { randomSearch, searchAround, searchBudget, searchSeeds } from '../../../src-engine/sweep/paper/search.ts'
import type { App } from '../app.ts'

/** Settings that a search found for a scheme. */
export interface Found {
  scheme: PaperScheme
  changes: Change[]
  /** MSE of the last 20 epochs, averaged over the search seeds. */
  loss: number
}

/** Start or continue a sweep and wait for its end. @returns its id; null if the user interrupted it */
export type RunSweep = (document: SweepInput) => Promise<string | null>

type SearchApp = Pick<App, 'sweeps' | 'list'>

/**
 * Search the settings of one scheme: first at random, then around the best of these. Both steps use successive halving on
 * separate seeds. Both are saved sweeps, so an interrupted search continues where it stopped.
 * @returns null if the user interrupted it
 */
export async function searchScheme(app: SearchApp, run: RunSweep, scheme: PaperScheme): Promise<Found | null> {
  const first = await bestOf(app, await run(randomSearch(scheme)))
  if (first === null) return null
  const second = await bestOf(app, await run(searchAround(scheme, first.changes)))
  if (second === null) return null
  return { scheme, ...(second.loss < first.loss ? second : first) }
}

async function bestOf(app: SearchApp, sweepId: string | null): Promise<Omit<Found, 'scheme'> | null> {
  const saved = (await app.sweeps.list()).find((sweep) => sweep.sweepId === sweepId)
  if (!saved) return null
  const runs = (await app.list()).filter(({ sweep }) => sweep?.sweepId === sweepId)
  const [best] = armResults(saved.arms.map(({ label }) => label), true, runs)
  return { changes: saved.arms[best.arm].changes, loss: best.sample.mean }
}

/** Text of a preset. */
export interface PresetText {
  title: string
  description: string
}

/** Preset file for the settings that were found. @param from version and date of the search */
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
  return `Found by chalcogen reproduce paper --search: ${random} random settings and ${around} around the best one. `
    + `All ran for ${firstEpochs} epochs on seeds ${searchSeeds.join(' and ')}, and the best ${keep * 100} % to the end. `
    + `Every scheme of the comparison had the same search budget. Mean MSE of the last 20 epochs on these seeds: ${formatNumber(loss)} `
    + `(version ${version}, ${date}). Results on other seeds: docs/results.md.`
}

/** Default text of a new preset. */
export const plainText = (scheme: PaperScheme): PresetText =>
  ({ title: nameOf(scheme), description: `${nameOf(scheme)}, from the comparison in arXiv 2108.01804.` })
