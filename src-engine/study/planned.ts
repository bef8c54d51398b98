import type { ConventionSet } from '../experiment/conventions.ts'
import type { SchemeKind } from '../experiment/scheme.ts'
import type { Budget, SweepInput } from '../experiment/sweep.ts'
import type { Section } from './study.ts'

/** Properties of an arm that tables and figures group by. */
export interface Facets {
  scheme: SchemeKind
  /** Name within its group: 'Multi-memristor, 8 pairs'. */
  name: string
  /** Name of the scheme whose settings it has, if these are not its own. */
  settingsOf?: string
  /** Id of its device. */
  mode: string
  conventions: ConventionSet
}

/** A device as tables and figures name it. */
export interface ModeText {
  id: string
  title: string
  name: string
  short: string
  /** Title of the device whose settings its arms have, if these are not their own. */
  settingsOf?: string
}

/** Settings of one scheme on another: where the cell of the matrix is found. */
export interface SwapCell {
  label: string
  scheme: string
  settingsOf: string
}

/** A section of a study and the sweep that answers it. */
export interface PlannedSection {
  id: string
  /** For an earlier section at another budget, the kind of that one. */
  kind: Exclude<Section['kind'], 'budget'>
  title: string
  intro: string[]
  document: SweepInput
  /** Budget of the comparison, where it is not the one of the document. The sweep answers another section too. */
  budget?: Budget
  /** By the label of the arm. */
  facets?: Record<string, Facets>
  modes?: ModeText[]
  swap?: SwapCell[]
}

/** What the kind of a section decides. */
export type Planned = Pick<PlannedSection, 'document' | 'facets' | 'modes' | 'swap'>
