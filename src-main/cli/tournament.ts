import type { Spec } from '../../src-engine/spec/spec.ts'
import { type ComparisonSpec, comparisonSchema } from '../../src-engine/spec/sweep.ts'
import { ablationOf, conventionsOf, seedsFrom } from '../../src-engine/sweep/ablation.ts'
import { BadInput } from '../app/errors.ts'
import type { App } from '../app/app.ts'
import { readSweepSource } from '../app/sweep-source.ts'
import { comparisonText } from './comparison-text.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { readAnySpec } from './run.ts'
import { follow, goOn, keptSweep, launch, type SweepFlags } from './sweep.ts'
import { openApp, resourcesDir } from './surroundings.ts'
import { backUpIfDue } from './backup.ts'

export interface TournamentFlags extends SweepFlags {
  budget?: ComparisonSpec['budget']
  /** Where a report goes, if one is wanted. */
  out?: string
}

/** Runs the arms of a sweep file against each other, or sets those of a kept sweep against each other. */
export async function tournament(word: string, flags: TournamentFlags, output: Output): Promise<number> {
  const document = await readSweepSource(word, { resourcesDir, cwd: process.cwd() })
  const app = await openApp(flags.library, { slots: flags.workers })
  try {
    const sweepId = document === null ? await goOn(app, await keptSweep(app, word)) : await launch(app, document, flags, output)
    return await toItsComparison(app, sweepId, flags, output)
  } finally {
    await app.close()
  }
}

export interface AblationFlags extends TournamentFlags {
  /** The published conventions one by one, instead of the non-idealities. */
  conventions?: boolean
  /** How many, from that of the experiment on. */
  seeds?: number
}

/** What each non-ideality of the devices costs an experiment: a tournament of it with each of them off. */
export async function ablate(word: string, flags: AblationFlags, output: Output): Promise<number> {
  const app = await openApp(flags.library, { slots: flags.workers })
  try {
    const spec = await readAnySpec(app, word)
    const sweepId = await launch(app, documentOf(spec, flags, word), flags, output)
    return await toItsComparison(app, sweepId, flags, output)
  } finally {
    await app.close()
  }
}

function documentOf(spec: Spec, { conventions = false, seeds }: AblationFlags, word: string) {
  try {
    return (conventions ? conventionsOf : ablationOf)(spec, seedsFrom(spec, seeds))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BadInput(word, [{ path: 'scheme.kind', found: spec.scheme.kind, allowed: error.message }])
  }
}

async function toItsComparison(app: App, sweepId: string, { budget, out }: TournamentFlags, output: Output): Promise<number> {
  const ended = await follow(app, sweepId, output)
  await backUpIfDue(app, output)
  if (!ended) return FAILED
  const kept = await keptSweep(app, sweepId)
  const by = kept.document.comparison ?? comparisonSchema.parse({})
  const how = budget ? { ...by, budget } : by
  const comparison = (await app.sweeps.compare(sweepId, how))!
  const files = out === undefined ? [] : await app.exportSweep(sweepId, how, out)
  output.result({ sweepId, ...comparison, files }, [comparisonText(comparison), ...files].join('\n'))
  return comparison.arms.some(({ failed, unfinished }) => failed + unfinished > 0) ? FAILED : DONE
}
