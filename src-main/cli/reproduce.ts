import path from 'node:path'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { SweepInput } from '../../src-engine/spec/sweep.ts'
import { paperSchemes } from '../../src-engine/sweep/paper/schemes.ts'
import { paperSize, paperTournaments } from '../../src-engine/sweep/paper/tournaments.ts'
import type { App } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { writeWithFolder } from '../app/files.ts'
import { type Answered, paperReport } from '../app/paper/report.ts'
import { plainText, presetOf, searchScheme } from '../app/paper/search.ts'
import { backUpIfDue } from './backup.ts'
import { comparisonText } from './comparison-text.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { follow } from './sweep.ts'
import { typedFolder, typedPath } from './paths.ts'
import { applicationVersion, libraryFile, withApp } from './surroundings.ts'

export interface ReproduceFlags {
  library?: string
  out: string
  workers?: number
  /** Search the settings again instead of using the built-in presets. */
  search?: boolean
  /** Shortens the study to a rehearsal; so does `seeds`. */
  epochs?: number
  seeds?: number
}

/**
 * Run the paper's whole experiment and write a report. The same command continues an interrupted study, because
 * its sweeps are recognised by their content.
 */
export async function reproduce(study: string, flags: ReproduceFlags, output: Output): Promise<number> {
  if (study !== 'paper') throw new BadInput(study, [{ path: '', rule: 'is not a study. The only study is paper. Run chalcogen reproduce paper', found: '' }])
  const placed = { ...flags, out: typedPath(flags.out) }
  return withApp(flags.library, output, async (app) => {
    output.say(`Saving all runs to ${libraryFile(flags.library)}. If interrupted, run the same command again to continue.`)
    const presetOf = flags.search ? await searched(app, placed, output) : await shipped(app)
    const answered = presetOf && await answer(app, presetOf, placed, output)
    await backUpIfDue(app, output)
    if (answered !== null) return report(app, answered, placed, output)
    output.result({ complete: false }, null)
    return FAILED
  }, { slots: flags.workers, trains: 'interrupted' })
}

type Presets = (id: string) => Spec

async function shipped(app: App): Promise<Presets> {
  const presets = new Map((await app.presets()).map(({ id, spec }) => [id, spec]))
  return (id) => presets.get(id)!
}

/** @returns null if the user interrupted it */
async function searched(app: App, flags: ReproduceFlags, output: Output): Promise<Presets | null> {
  const known = new Map((await app.presets()).map((preset) => [preset.id, preset]))
  const found = new Map<string, Spec>()
  for (const scheme of paperSchemes) {
    const best = await searchScheme(app, (document) => runSweep(app, document, output), scheme)
    if (best === null) return null
    output.say(`${scheme.preset}: loss ${formatNumber(best.loss)} on the search seeds`)
    const preset = presetOf(best, known.get(scheme.preset) ?? plainText(scheme), { version: applicationVersion, date: today() })
    await writeWithFolder(path.join(flags.out, 'presets', `${scheme.preset}.json`), `${JSON.stringify(preset, null, 2)}\n`)
    found.set(scheme.preset, await app.prepare(preset.spec, scheme.preset, typedFolder()))
  }
  return (id) => found.get(id)!
}

const today = () => new Date().toISOString().slice(0, 10)

/** @returns null if the user interrupted it */
async function answer(app: App, presetOf: Presets, flags: ReproduceFlags, output: Output): Promise<Answered[] | null> {
  const { epochs, seeds } = paperSize
  const size = { epochs: flags.epochs ?? epochs, seeds: seeds.slice(0, flags.seeds) }
  const answered: Answered[] = []
  for (const tournament of paperTournaments(presetOf, size)) {
    const sweepId = await runSweep(app, tournament.document, output)
    if (sweepId === null) return null
    answered.push({ tournament, sweepId })
  }
  return answered
}

/** @returns the sweep's id; null if it is not complete */
async function runSweep(app: App, document: SweepInput, output: Output): Promise<string | null> {
  const sweepId = await app.startOrResumeSweep(document)
  output.say(`${document.name}: sweep ${sweepId}`)
  return (await follow(app, sweepId, output)).complete ? sweepId : null
}

async function report(app: App, answered: Answered[], flags: ReproduceFlags, output: Output): Promise<number> {
  const study = await paperReport(app, answered, { applicationVersion, commands: commandsOf(flags) })
  // Loaded only here, because the chart library is slow to load.
  const { writeReport } = await import('../app/sweep-report.ts')
  const files = await writeReport(study, flags.out)
  const sections = study.sections.map(({ id, comparison }) => ({ id, ...comparison }))
  const result = { files, sections }
  const texts = study.sections.map(({ title, comparison }) => `${title}\n${comparisonText(comparison)}`)
  output.result(result, [...texts, files.join('\n')].join('\n\n'))
  return study.sections.some(({ comparison }) => comparison.arms.some(({ failed }) => failed > 0)) ? FAILED : DONE
}

function commandsOf({ search, epochs, seeds }: ReproduceFlags): string[] {
  const options = [search && '--search', epochs && `--epochs ${epochs}`, seeds && `--seeds ${seeds}`].filter(Boolean)
  return ['npm ci', ['npm run chalcogen -- reproduce paper --out docs', ...options].join(' ')]
}
