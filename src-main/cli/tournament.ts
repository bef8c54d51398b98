import type { Spec } from '../../src-engine/experiment/spec.ts'
import { type ComparisonSpec, comparisonSchema } from '../../src-engine/experiment/sweep.ts'
import { ablationOf, conventionsOf, seedsFrom } from '../../src-engine/sweep/ablation.ts'
import { BadInput } from '../app/errors.ts'
import type { App } from '../app/app.ts'
import { readSweepSource } from '../app/sweep-source.ts'
import { comparisonText } from './comparison-text.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { readAnySpec } from './run.ts'
import { continueSweep, follow, savedSweep, launch, type SweepFlags } from './sweep.ts'
import { typedFolder, typedPath } from './paths.ts'
import { resourcesDir, withApp } from './surroundings.ts'
import { typedAccess } from './typed-access.ts'
import { backUpIfDue } from './backup.ts'

export interface TournamentFlags extends SweepFlags {
  budget?: ComparisonSpec['budget']
  /** Folder for the report; no report without it. */
  out?: string
}

/** Run the arms of a sweep file, or continue a saved sweep, and compare the arms. */
export async function tournament(word: string, flags: TournamentFlags, output: Output): Promise<number> {
  const access = (folder: string) => typedAccess(folder, flags, output)
  const source = await readSweepSource(word, { resourcesDir, cwd: typedFolder(), access })
  return withApp(flags.library, output, async (app) => {
    const sweepId = source === null
      ? await continueSweep(app, await savedSweep(app, word), output)
      : await launch(app, source, flags, output)
    return followAndCompare(app, sweepId, flags, output)
  }, { slots: flags.workers, trains: 'interrupted' })
}

export interface AblationFlags extends TournamentFlags {
  /** Compare the published conventions instead of the non-idealities. */
  conventions?: boolean
  /** Number of seeds, starting at the seed of the spec. */
  seeds?: number
}

/** Measure what each device non-ideality costs: a tournament in which each is switched off in turn. */
export async function ablate(word: string, flags: AblationFlags, output: Output): Promise<number> {
  return withApp(flags.library, output, async (app) => {
    const spec = await readAnySpec(app, word)
    const source = { document: documentOf(spec, flags, word), access: typedAccess(typedFolder(), flags, output) }
    const sweepId = await launch(app, source, flags, output)
    return followAndCompare(app, sweepId, flags, output)
  }, { slots: flags.workers, trains: 'interrupted' })
}

function documentOf(spec: Spec, { conventions = false, seeds }: AblationFlags, word: string) {
  try {
    return (conventions ? conventionsOf : ablationOf)(spec, seedsFrom(spec, seeds))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new BadInput(word, [{ path: 'scheme.kind', rule: `cannot be used for this comparison. ${error.message}`, found: spec.scheme.kind }])
  }
}

async function followAndCompare(app: App, sweepId: string, { budget, out }: TournamentFlags, output: Output): Promise<number> {
  const { complete } = await follow(app, sweepId, output)
  await backUpIfDue(app, output)
  if (output.interruption.signal !== null) {
    output.result({ sweepId, complete }, null)
    return FAILED
  }
  const saved = await savedSweep(app, sweepId)
  const by = saved.document.comparison ?? comparisonSchema.parse({})
  const how = budget ? { ...by, budget } : by
  const comparison = (await app.sweeps.compare(sweepId, how))!
  const files = out === undefined ? [] : await app.exportSweep(sweepId, how, typedPath(out))
  output.result({ sweepId, ...comparison, files }, [comparisonText(comparison), ...files].join('\n'))
  return complete && comparison.arms.every(({ failed }) => failed === 0) ? DONE : FAILED
}
