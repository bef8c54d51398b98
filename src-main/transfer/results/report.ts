import type { ComparedArm, Comparison } from '../../../src-engine/statistics/comparison.ts'
import { outcomeTexts } from '../../../src-engine/statistics/outcome-texts.ts'
import { formatCount } from '../../../src-engine/format/numbers.ts'
import type { Change } from '../../../src-engine/experiment/change.ts'
import { type ConventionSet, conventionSets } from '../../../src-engine/experiment/conventions.ts'
import { schemeKinds } from '../../../src-engine/experiment/scheme.ts'
import type { CheckedClaim } from '../../../src-engine/study/claims.ts'
import type { Facets, ModeText, PlannedSection, SwapCell } from '../../../src-engine/study/planned.ts'

export type { Facets, ModeText, SwapCell }

/** Named conventions, in the order of tables and figures. */
export const allConventions = Object.keys(conventionSets) as ConventionSet[]

/** Readout and target of one run after its last epoch. */
export interface StudyTrace {
  /** Label of the arm. */
  label: string
  seed: number
  outputs: number
  /** [steps][outputs] */
  output: ArrayLike<number>
  /** [steps][outputs] */
  target: ArrayLike<number>
  /** ms */
  dt: number
}

export interface StudySection {
  /** Part of file names: lowercase letters, digits and hyphens. */
  id: string
  title: string
  /** Paragraphs in Markdown. */
  intro: string[]
  /** Ablations and conventions show differences from their reference. The other kinds show losses, pulses and traces. */
  kind: PlannedSection['kind']
  comparison: Comparison
  /** Properties of the arms, by label. */
  facets?: Readonly<Record<string, Facets>>
  /** Devices of the arms, in the order of tables and figures. */
  modes?: readonly ModeText[]
  /** Settings of one scheme on another, for a table of both. */
  swap?: readonly SwapCell[]
  /** Traces of the run with the median loss of each arm. */
  traces?: readonly StudyTrace[]
  /** SETs that the initial conductances of an arm would cost, by label. Its runs start with them for free. */
  initialSets?: Readonly<Record<string, number>>
  /** Where the arms come from, for the CSV tables. Absent in a study that is the same in every library. */
  sweep?: SweepOfSection
}

/** A saved sweep with the parameters of its arms, by the index of the arm. */
export interface SweepOfSection {
  sweepId: string
  arms: readonly { scheme: string; changes: readonly Change[] }[]
}

/** Content of a study's report. It must not depend on the clock, the machine or the library. */
export interface StudyReport {
  title: string
  applicationVersion: string
  /** Shell commands that reproduce the study, in order. */
  commands: string[]
  sections: StudySection[]
  /** What the study claims, checked against the sections. */
  claims?: readonly CheckedClaim[]
  /** What the results do not show. */
  limits?: readonly string[]
  /** Where the settings come from, and what the reader has to know about their search. */
  settings?: readonly string[]
}

/** Path of a file that results.md links to, relative to results.md. */
export const reportPath = (name: string) => `results/${name}`

/** Arms that share a table. */
export interface ArmGroup {
  /** Empty if the section has only one group. */
  title: string
  arms: ComparedArm[]
}

export const facetsOf = (section: StudySection, arm: ComparedArm): Facets | null =>
  (section.facets && Object.hasOwn(section.facets, arm.label) ? section.facets[arm.label]! : null)

/** SETs that the initial conductances of an arm would cost; null if the section does not know them. */
export const initialSetsOf = ({ initialSets = {} }: StudySection, { label }: ComparedArm): number | null =>
  (Object.hasOwn(initialSets, label) ? initialSets[label]! : null)

/** Group arms by device and conventions, keeping their order. Arms without facets form the last group. */
export function groupsOf(section: StudySection): ArmGroup[] {
  const { comparison: { arms }, modes = [] } = section
  const named = allConventions.flatMap((conventions) => modes.map((mode) => ({
    title: `${modeTitle(mode)}, ${conventions} conventions`,
    arms: arms.filter((arm) => facetsOf(section, arm)?.mode === mode.id && facetsOf(section, arm)?.conventions === conventions),
  })))
  const rest = arms.filter((arm) => !facetsOf(section, arm))
  const groups = [...named, { title: 'Others', arms: rest }].filter((group) => group.arms.length > 0)
  return rest.length === arms.length ? [{ title: '', arms }] : groups
}

const modeTitle = ({ title, settingsOf }: ModeText) => (settingsOf === undefined ? title : `${title} (settings of: ${settingsOf})`)

/** Name of the arm within its group. */
export function nameInGroup(section: StudySection, arm: ComparedArm): string {
  const { name = arm.label, settingsOf } = facetsOf(section, arm) ?? {}
  return settingsOf === undefined ? name : `${name} (settings of: ${settingsOf})`
}

/** Position of the arm's scheme in legends and figures. Arms without a scheme come last. */
export function schemeOrder(facets: Facets | null): number {
  return facets ? schemeKinds.indexOf(facets.scheme) : schemeKinds.length
}

/** Outcomes of all runs of an arm, such as '7 learned, 1 silent (no pulses), 2 diverged (runaway rates)'. */
export function outcomeText({ runs, failed, unfinished }: ComparedArm): string {
  const parts = outcomeTexts({ runs })
  if (failed > 0) parts.push(`${failed} failed`)
  if (unfinished > 0) parts.push(`${unfinished} unfinished`)
  return parts.join(', ') || 'no runs'
}

/** Number of runs of an arm, and of the searches that their settings are from. */
export const countText = ({ sample: { n }, restarts }: ComparedArm) =>
  (restarts === undefined ? formatCount(n) : `${formatCount(n)} (${restarts} searches)`)

/** Number of runs whose loss a logarithmic axis cannot show: NaN, infinity, or 0 and below. */
export const countUnplottable = ({ runs }: ComparedArm) => runs.filter(({ loss }) => !isPlottable(loss)).length

export const isPlottable = (value: number | null): value is number => value !== null && Number.isFinite(value) && value > 0
