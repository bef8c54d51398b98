import path from 'node:path'
import { formatNumber, formatQuantity } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { withChanges } from '../../src-engine/experiment/change.ts'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import { emptySpec, SPEC_VERSION } from '../../src-engine/experiment/upgrades/upgrades.ts'
import { comparisonSchema } from '../../src-engine/experiment/sweep.ts'
import { lossOf } from '../../src-engine/experiment/task.ts'
import { armsOf, definedBy } from '../../src-engine/study/arms.ts'
import { checkClaim } from '../../src-engine/study/claims.ts'
import { changesOfFound, type Found, type StudySettings } from '../../src-engine/study/settings.ts'
import type { Study } from '../../src-engine/study/study.ts'
import type { Preset } from '../contract/contract.ts'
import { BadInput } from '../contract/problem.ts'
import { escaped } from '../transfer/results/markdown.ts'
import type { StudyReport, StudySection } from '../transfer/results/report.ts'
import { writeWithFolder } from '../transfer/write-file.ts'
import { type NamedStudy, readSettings } from './study-files.ts'
import type { StudyResult } from './study-run.ts'
import { type ReportSource, sectionOf } from './study-section.ts'
import { presetIdOf } from './study-settings.ts'

type From = Pick<StudyReport, 'applicationVersion' | 'commands'>

/** Report on a study, from the sweeps in the library. */
export async function studyReport(
  source: ReportSource, { study, settings }: NamedStudy, { answered, found }: StudyResult, from: From,
): Promise<StudyReport> {
  const sections: StudySection[] = []
  for (const { section: { id, kind, title, intro, document, budget, facets, modes, swap }, sweepId } of answered) {
    const by = budget === undefined ? null : comparisonSchema.parse({ ...document.comparison, budget })
    sections.push(await sectionOf(source, sweepId, by, { id, kind, title, intro, facets, modes, swap }))
  }
  const claims = study.claims.map((claim) =>
    checkClaim(claim, sections.find(({ id }) => id === claim.section)!.comparison, escaped))
  const used = found ? { arms: found.arms, provenance: searchText(study) } : settings
  return { title: study.title, ...from, sections, claims, limits: study.limits, ...(used && { settings: settingsTexts(used) }) }
}

/** How the settings of a study are searched, as a sentence. */
export function searchText({ search, spec }: Study): string {
  const { seeds, restarts, optimiser, batches, trials, penalty, halving, widen } = search!
  const whole = parseSpec(spec, 'the study')
  const epochs = counted(whole.training.epochs, 'epoch')
  const early = halving === null
    ? ` All settings run for ${epochs}.`
    : ` All settings of a batch run for ${counted(halving.firstEpochs, 'epoch')}, and the best ${formatQuantity(100 * halving.keep)} % for ${formatQuantity(1 / halving.keep)} times as many, and so on to ${epochs}.`
  const wider = widen.times === 0 ? '' : ` A range with the best setting at its end is widened, at most ${widen.times} times. Additional batches each time: ${widen.batches}.`
  return `Each arm is searched ${restarts} times independently, with ${batches} batches of ${trials} settings (${optimiser}) on seeds ${seeds.join(', ')}.${early}`
    + ` The score of a setting is its mean ${lossOf(whole.task.kind).title} of the last 20 epochs over these seeds. A run that diverged or fell silent counts with ${penalty}, and no run counts with more.${wider}`
}

/** Where the settings come from, and which lie at an end of their range. */
function settingsTexts({ provenance, arms }: Pick<StudySettings, 'arms' | 'provenance'>): string[] {
  const atEdge = Object.entries(arms).flatMap(([id, [best]]) => (best!.edges.length > 0 ? [`- ${escaped(id)}: ${escaped(best!.edges.join(', '))}`] : []))
  if (atEdge.length === 0) return [escaped(provenance), 'No best setting lies at an end of its range.']
  return [escaped(provenance), 'Best settings at an end of their range. A better one may lie beyond:', atEdge.join('\n')]
}

/** Name of the file with the settings that were found for a study. */
const settingsFileOf = ({ id }: Pick<NamedStudy, 'id'>) => `${id}.settings.json`

/**
 * Arms that the same search has found before: with the study, or saved in a folder.
 * @throws BadInput if the folder has the settings of another search, which must not be mixed with these
 */
export async function foundBefore(named: NamedStudy, dir: string): Promise<StudySettings['arms']> {
  const isSame = (settings: StudySettings) => settings.provenance.startsWith(searchText(named.study))
  const file = path.resolve(dir, settingsFileOf(named))
  const saved = await readSettings(file)
  if (saved !== null && !isSame(saved)) {
    throw new BadInput(file, [{ path: 'provenance', rule: 'must be of this study as it is now. Move the file away, or choose another folder', found: '' }])
  }
  const { settings } = named
  return { ...(settings && isSame(settings) && settings.arms), ...saved?.arms }
}

/**
 * Write what a search found: the settings of the study, and a preset with the best settings of each arm that has one. Put the first beside
 * the study, and the others into resources/presets.
 * @returns the paths
 */
export async function writeFound(
  { id, study }: NamedStudy, { arms }: Pick<StudySettings, 'arms'>, presets: readonly Preset[], dir: string,
  { version, date }: { version: string; date: string },
): Promise<string[]> {
  const provenance = `${searchText(study)} Version ${version}, ${date}.`
  const { search, spec: shared } = study
  const loss = lossOf(parseSpec(shared, 'the study').task.kind).title
  const settings: StudySettings = { version: 1, specVersion: SPEC_VERSION, study: id, provenance, arms }
  const files = [
    { name: settingsFileOf({ id }), document: settings as object },
    ...armsOf(study).flatMap((arm) => {
      const preset = presetIdOf(arm)
      const best = arms[arm.settingsOf]?.[0] as Found | undefined
      if (preset === null || best === undefined) return []
      const known = presets.find((one) => one.id === preset)
      const spec = withChanges(emptySpec, [...definedBy(arm), ...changesOfFound(best)])
      const document = {
        title: known?.title ?? arm.label, description: known?.description ?? `${arm.label}.`,
        provenance: `Best of ${search!.restarts} searches by chalcogen study ${id} --search${arm.settingsOf === arm.id ? '' : ` for ${arm.settingsOf}`}. Mean ${loss} on the search seeds: ${formatNumber(best.score)}. Version ${version}, ${date}.`,
        spec,
      }
      return [{ name: `presets/${preset}.json`, document }]
    }),
  ]
  for (const { name, document } of files) await writeWithFolder(path.resolve(dir, name), `${JSON.stringify(document, null, 2)}\n`)
  return files.map(({ name }) => path.resolve(dir, name))
}
