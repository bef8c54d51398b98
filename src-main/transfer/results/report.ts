import type { ComparedArm, Comparison } from '../../../src-engine/analysis/comparison.ts'
import { outcomeTexts } from '../../../src-engine/analysis/outcome-texts.ts'
import { type SchemeKind, schemeKinds } from '../../../src-engine/spec/scheme.ts'

/** In the order of tables and figures. */
export const modes = ['full', 'performance', 'digital'] as const
/** The whole model of the devices, noiseless devices, or none. */
export type Mode = (typeof modes)[number]

export const allConventions = ['corrected', 'published'] as const
export type Conventions = (typeof allConventions)[number]

/** What an arm of the comparison of schemes is. */
export interface Facets {
  scheme: SchemeKind
  /** 'Multi-memristor, 8 pairs': short, without mode and conventions. */
  name: string
  mode: Mode
  conventions: Conventions
}

/** Readout and target of one run after its last epoch. */
export interface StudyTrace {
  /** Of the arm. */
  label: string
  seed: number
  /** [steps] */
  output: ArrayLike<number>
  /** [steps] */
  target: ArrayLike<number>
  /** ms */
  dt: number
}

export interface StudySection {
  /** Part of file names: small letters, digits and hyphens. */
  id: string
  title: string
  /** Facts in Markdown, a paragraph each. */
  intro: string[]
  /** Schemes have groups, pulses and traces; the others are differences from their reference. */
  kind: 'schemes' | 'ablation' | 'conventions'
  /** What a headline of it must not be read without. */
  caveat?: string
  comparison: Comparison
  /** By label of the arm. */
  facets?: Readonly<Record<string, Facets>>
  /** Of each arm the run whose loss is the median. */
  traces?: readonly StudyTrace[]
}

/** All that the report of a study says. Nothing in it may depend on the clock, the machine or the library. */
export interface StudyReport {
  title: string
  applicationVersion: string
  /** Shell commands that make it again, in their order. */
  commands: string[]
  sections: StudySection[]
}

/** Where the files lie that results.md links to, beside it. */
export const beside = (name: string) => `results/${name}`

/** Arms that a table shows together. */
export interface ArmGroup {
  /** Empty where a section has one group only. */
  title: string
  arms: ComparedArm[]
}

const modeTitles: Record<Mode, string> = {
  full: 'Full PCM model', performance: 'Performance mode (noiseless devices)', digital: 'Digital weights',
}
export const modeWords: Record<Mode, string> = { full: 'full PCM', performance: 'performance', digital: 'digital' }

export const facetsOf = (section: StudySection, arm: ComparedArm): Facets | null =>
  (section.facets && Object.hasOwn(section.facets, arm.label) ? section.facets[arm.label] : null)

/** By mode and conventions, the order of the arms kept; those without facets come last, together. */
export function groupsOf(section: StudySection): ArmGroup[] {
  const { arms } = section.comparison
  const named = allConventions.flatMap((conventions) => modes.map((mode) => ({
    title: `${modeTitles[mode]}, ${conventions} conventions`,
    arms: arms.filter((arm) => facetsOf(section, arm)?.mode === mode && facetsOf(section, arm)?.conventions === conventions),
  })))
  const rest = arms.filter((arm) => !facetsOf(section, arm))
  const groups = [...named, { title: 'Others', arms: rest }].filter((group) => group.arms.length > 0)
  return rest.length === arms.length ? [{ title: '', arms }] : groups
}

/** What a table calls the arm within its group. */
export const nameInGroup = (section: StudySection, arm: ComparedArm) => facetsOf(section, arm)?.name ?? arm.label

/** Place of the arm's scheme in legends and figures; last without one. */
export function schemeOrder(facets: Facets | null): number {
  return facets ? schemeKinds.indexOf(facets.scheme) : schemeKinds.length
}

/** '2 diverged (runaway rates), 1 silent (no pulses), 7 learned': every run of the arm is in it. */
export function outcomeText({ runs, failed, unfinished }: ComparedArm): string {
  const parts = outcomeTexts({ runs })
  if (failed > 0) parts.push(`${failed} failed`)
  if (unfinished > 0) parts.push(`${unfinished} unfinished`)
  return parts.join(', ') || 'no run'
}

/** Runs that no axis of losses can hold: NaN and infinity, and 0 and less on a logarithmic one. */
export const withoutPlace = ({ runs }: ComparedArm) => runs.filter(({ loss }) => !hasPlace(loss)).length

export const hasPlace = (value: number | null): value is number => value !== null && Number.isFinite(value) && value > 0
