import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatCount, formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import type { App, StudyPlan } from '../app/app.ts'
import type { StudyHow, WrittenStudy } from '../app/studies.ts'
import type { SweepRunner } from '../app/sweep-runner.ts'
import { backUpIfDue } from './backup.ts'
import { comparisonText } from './comparison-text.ts'
import { DONE, FAILED } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { typedFolder, typedPath } from './paths.ts'
import { remainingTime } from './remaining-time.ts'
import { libraryFile, withApp } from './surroundings.ts'
import { follow } from './sweep.ts'

export interface StudyFlags {
  library?: string
  out: string
  workers?: number
  /** Print the parts with their runs and time, and run nothing. */
  plan?: boolean
  /** Search the settings of every arm instead of using known ones. */
  search?: boolean
  /** Shortens the study to a rehearsal; so does `seeds`. */
  epochs?: number
  seeds?: number
}

/**
 * Run a study and write its report. The same command continues an interrupted study, because its sweeps are recognised by their content.
 * @param word id of a study, or a file
 * @param verb the command that was typed, for the report
 */
export async function study(word: string, flags: StudyFlags, output: Output, verb: 'study' | 'reproduce' = 'study'): Promise<number> {
  const { search = false, epochs, seeds } = flags
  const how: StudyHow = { search, epochs, seeds }
  return withApp(flags.library, output, async (app) => {
    if (flags.plan) return printPlan(await app.studies.plan(word, how, typedFolder()), output)
    output.say(`Saving all runs to ${libraryFile(flags.library)}. If interrupted, run the same command again to continue.`)
    const result = await app.studies.run(word, how, typedFolder(), runnerOf(app, output))
    await backUpIfDue(app, output)
    if (result === null) {
      output.result({ complete: false }, null)
      return FAILED
    }
    const commands = commandsOf(word, flags, verb)
    return printReport(await app.studies.write(word, how, typedFolder(), typedPath(flags.out), commands, result), output)
  }, { slots: flags.workers, trains: 'interrupted' })
}

export type SearchFlags = Pick<StudyFlags, 'library' | 'out' | 'workers' | 'epochs'>

/**
 * Search the settings of a study's arms and save them. An arm that was searched before is found in the library at once.
 * @param word id of a study, or a file
 * @param words what is searched: arms, schemes, devices or retuned sections; everything without any
 */
export async function search(word: string, words: readonly string[], flags: SearchFlags, output: Output): Promise<number> {
  const { library, out, workers, epochs } = flags
  return withApp(library, output, async (app) => {
    output.say(`Saving all runs to ${libraryFile(library)}. If interrupted, run the same command again to continue.`)
    const files = await app.studies.search(word, words, { epochs }, typedFolder(), typedPath(out), runnerOf(app, output))
    await backUpIfDue(app, output)
    output.result(files === null ? { complete: false } : { files }, files && files.join('\n'))
    return files === null ? FAILED : DONE
  }, { slots: workers, trains: 'interrupted' })
}

/** Runs sweeps with a line of progress. */
const runnerOf = (app: App, output: Output, remaining = remainingTime()): SweepRunner => ({
  async start(document) {
    const sweepId = await app.startOrResumeSweep(document)
    output.say(`${document.name}: sweep ${sweepId}`)
    return sweepId
  },
  finished: async (sweepId) => (await follow(app, sweepId, output)).complete,
  runs: app.studies.runs,
  onFound({ label }, [best, ...others], progress) {
    const rest = others.length > 0 ? ` Others: ${others.map(({ score }) => formatNumber(score)).join(', ')}.` : ''
    const edges = best!.edges.length > 0 ? ` At an end of its range: ${best!.edges.join(', ')}.` : ''
    output.say(`${label}: score ${formatNumber(best!.score)} on the search seeds.${rest}${edges}`)
    output.say(`${progress.done} of ${counted(progress.of, 'arm')} searched.${remaining(progress)}`)
  },
})

function printPlan({ parts }: StudyPlan, output: Output): number {
  const times = parts.map(({ seconds }) => seconds)
  const total = times.includes(null) ? null : times.reduce<number>((sum, seconds) => sum + seconds!, 0)
  const runs = parts.reduce((sum, part) => sum + part.runs, 0)
  const rows = parts.map(({ title, runs: own, seconds }) => [title, formatCount(own), seconds === null ? 'unknown' : formatDuration(seconds)])
  const time = total === null ? 'Duration unknown: there are no similar runs in the library yet.' : `About ${formatDuration(total)}.`
  output.result({ parts }, [table([['Part', 'Runs', 'Time'], ...rows]), '', `At most ${counted(runs, 'run')}. ${time}`].join('\n'))
  return DONE
}

function printReport({ files, report: { sections, claims = [] } }: WrittenStudy, output: Output): number {
  const texts = sections.map(({ title, comparison }) => `${title}\n${comparisonText(comparison)}`)
  const refused = claims.filter((claim) => claim.refused.length > 0)
  const notes = refused.map(({ id, refused: reasons }) => `These runs do not support the claim ${id}: ${reasons.join('; ')}`)
  const result = { files, claims, sections: sections.map(({ id, comparison }) => ({ id, ...comparison })) }
  output.result(result, [...texts, ...(notes.length > 0 ? [notes.join('\n')] : []), files.join('\n')].join('\n\n'))
  return sections.some(({ comparison }) => comparison.arms.some(({ failed }) => failed > 0)) ? FAILED : DONE
}

function commandsOf(word: string, { search, epochs, seeds }: StudyFlags, verb: string): string[] {
  const options = [search && '--search', epochs && `--epochs ${epochs}`, seeds && `--seeds ${seeds}`].filter(Boolean)
  return ['npm ci', [`npm run chalcogen -- ${verb} ${word} --out docs`, ...options].join(' ')]
}
