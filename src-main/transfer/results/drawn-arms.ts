import type { ComparedArm } from '../../../src-engine/analysis/comparison.ts'
import { GREY, schemeColour } from '../../../src-engine/analysis/scheme-colours.ts'
import { type Facets, facetsOf, type Mode, modes, modeWords, schemeOrder, type StudySection } from './report.ts'

/** An arm of the scheme comparison, as its figure shows it. */
export interface Drawn {
  arm: ComparedArm
  facets: Facets | null
  /** Label of rows and points: name and mode. */
  name: string
}

const shapes: Record<Mode, string> = { full: 'circle', performance: 'diamond', digital: 'rect' }

/** Arms sorted by mode, then by scheme. */
export const drawnArms = (section: StudySection): Drawn[] =>
  section.comparison.arms.map((arm) => drawnOf(section, arm)).sort(byMode)

function drawnOf(section: StudySection, arm: ComparedArm): Drawn {
  const facets = facetsOf(section, arm)
  const name = !facets ? arm.label : facets.mode === 'digital' ? facets.name : `${facets.name}, ${modeWords[facets.mode]}`
  return { arm, facets, name }
}

const byMode = (a: Drawn, b: Drawn) => modeOrder(a) - modeOrder(b) || schemeOrder(a.facets) - schemeOrder(b.facets)
  || Number(a.name > b.name) - Number(a.name < b.name)

export const modeOrder = ({ facets }: Drawn) => (facets ? modes.indexOf(facets.mode) : modes.length)

export const colourOf = ({ facets }: Drawn) => (facets ? schemeColour(facets.scheme, 'light') : GREY)

/** Symbol of the mode, readable without colour: filled circle, open diamond or filled square. */
export function mark(each: Drawn): object {
  const mode = each.facets?.mode ?? 'full'
  const colour = colourOf(each)
  return {
    symbol: shapes[mode],
    itemStyle: mode === 'performance' ? { color: '#ffffff', borderColor: colour, borderWidth: 1.6, opacity: 1 } : { color: colour, opacity: 1 },
  }
}
