import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import type { KeyEntry, Symbol } from '../../../src-engine/figure/figure.ts'
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
const symbols: readonly Symbol[] = [true, false].flatMap((isFirst) =>
  (['circle', 'diamond', 'square', 'triangle'] as const).map((shape, index) => ({ shape, isFilled: isFirst === (index % 2 === 0) })))

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

/** Symbol of its device. */
export const symbolOf = ({ facets, place }: Drawn): Symbol => symbolAt(facets ? place : 0)

const symbolAt = (place: number) => symbols[place % symbols.length]!

/** Symbols of the devices, with their names. */
export const keyOf = (modes: readonly ModeText[], colour: string): KeyEntry[] => modes.map(({ name, title }, place) =>
  ({ text: name || `${title.charAt(0).toLowerCase()}${title.slice(1)}`, symbol: symbolAt(place), colour }))
