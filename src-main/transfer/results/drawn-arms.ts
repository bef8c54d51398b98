import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { GREY } from '../../../src-engine/format/colours.ts'
import { schemeColour, usesDevices } from '../../../src-engine/experiment/scheme.ts'
import { type Facets, facetsOf, type ModeText, schemeOrder, type StudySection } from './report.ts'

/** An arm of the scheme comparison, as its figure shows it. */
export interface Drawn {
  arm: ComparedArm
  facets: Facets | null
  /** Label of rows and points: name and device. */
  name: string
  /** Index of its device. Arms without facets come after all devices. */
  place: number
}

/** Symbols of the devices in their order, readable without colour. */
const marks = [
  { glyph: '●', symbol: 'circle', isFilled: true },
  { glyph: '◇', symbol: 'diamond', isFilled: false },
  { glyph: '■', symbol: 'rect', isFilled: true },
  { glyph: '△', symbol: 'triangle', isFilled: false },
  { glyph: '○', symbol: 'circle', isFilled: false },
  { glyph: '◆', symbol: 'diamond', isFilled: true },
  { glyph: '□', symbol: 'rect', isFilled: false },
  { glyph: '▲', symbol: 'triangle', isFilled: true },
] as const

const markAt = (place: number) => marks[place % marks.length]!

/** Arms sorted by mode, then by scheme. */
export const drawnArms = (section: StudySection): Drawn[] =>
  section.comparison.arms.map((arm) => drawnOf(section, arm)).sort(byMode)

function drawnOf(section: StudySection, arm: ComparedArm): Drawn {
  const facets = facetsOf(section, arm)
  const { modes = [] } = section
  const place = facets ? modes.findIndex(({ id }) => id === facets.mode) : modes.length
  const name = facets ? [facets.name, modes[place]?.short].filter(Boolean).join(', ') : arm.label
  return { arm, facets, name, place }
}

const byMode = (a: Drawn, b: Drawn) => a.place - b.place || schemeOrder(a.facets) - schemeOrder(b.facets)
  || Number(a.name > b.name) - Number(a.name < b.name)

export const isDigital = ({ facets }: Drawn) => facets !== null && !usesDevices({ kind: facets.scheme })

export const colourOf = ({ facets }: Drawn) => (facets ? schemeColour(facets.scheme, 'light') : GREY)

/** Whether the symbol of its device is filled. */
export const isFilled = ({ facets, place }: Drawn) => markAt(facets ? place : 0).isFilled

/** Symbol of its device. */
export function mark(each: Drawn): object {
  const { symbol } = markAt(each.facets ? each.place : 0)
  const colour = colourOf(each)
  return {
    symbol,
    itemStyle: isFilled(each) ? { color: colour, opacity: 1 } : { color: '#ffffff', borderColor: colour, borderWidth: 1.6, opacity: 1 },
  }
}

/** '● full PCM model, ◇ performance mode' */
export const keyOf = (modes: readonly ModeText[]): string =>
  modes.map(({ name, title }, place) => `${markAt(place).glyph} ${name || `${title.charAt(0).toLowerCase()}${title.slice(1)}`}`).join(', ')
