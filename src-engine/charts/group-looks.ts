import { schemeColour } from '../experiment/scheme.ts'
import { mixed } from '../figure/colour.ts'
import { type Colour, type Dash, dashes } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { type ComparedGroup, SCHEME, sharedValue } from './compared-groups.ts'
import type { ComparisonView } from './comparison-view.ts'
import type { Mode, Palette } from './palette.ts'

export interface Look {
  colour: Colour
  dash: Dash
}

const distinct = Object.values(okabeIto)
/** Viridis of matplotlib, without the end that the background hides. */
const ordered: Record<Mode, readonly Colour[]> = {
  light: ['#440154', '#3b528b', '#21918c', '#5ec962', '#addc30'],
  dark: ['#7e63b8', '#5b80c4', '#2fb5ac', '#5ec962', '#fde725'],
}

/** Colour and dash of each group: the user's, or by what the view says. Groups of one colour differ in dash. */
export function looksOf(
  groups: readonly ComparedGroup[], { colour, dash, looks }: Pick<ComparisonView, 'colour' | 'dash' | 'looks'>, palette: Palette,
): Look[] {
  const own = groups.map(({ keys }) => looks.find(({ key }) => keys.includes(key)))
  const colours = coloursOf(groups, colour, palette).map((by, index) => own[index]?.colour ?? by)
  return colours.map((one, index) => ({
    colour: one,
    dash: own[index]?.dash ?? (dash === 'group' ? dashAmong(colours, index) : dashOfValue(groups, index, dash)),
  }))
}

function coloursOf(groups: readonly ComparedGroup[], by: string, palette: Palette): Colour[] {
  const values = groups.map((group) => (by === 'group' ? group.key : sharedValue(group, by)))
  if (by === SCHEME) {
    const isShared = (index: number) => values[index] !== ''
    return groups.map(({ scheme }, index) => (isShared(index) ? schemeColour(scheme, palette.mode) : palette.quiet))
  }
  const known = [...new Set(values)].filter((value) => value !== '')
  return values.map((value) => (value === '' ? palette.quiet : colourAt(known.indexOf(value), known.length, palette.mode)))
}

/** Colours that are easy to name for a few values, or an even scale for many. */
function colourAt(index: number, count: number, mode: Mode): Colour {
  if (count <= distinct.length) return distinct[index]!
  return scaleColour(index / (count - 1), mode)
}

/** Colour on an even scale. @param share from 0 to 1 */
export function scaleColour(share: number, mode: Mode): Colour {
  const place = share * (ordered[mode].length - 1)
  const below = Math.min(Math.floor(place), ordered[mode].length - 2)
  return mixed(ordered[mode][below]!, ordered[mode][below + 1]!, place - below)
}

const dashAmong = (colours: readonly Colour[], index: number): Dash =>
  dashes[colours.slice(0, index).filter((colour) => colour === colours[index]).length % dashes.length]!

function dashOfValue(groups: readonly ComparedGroup[], index: number, by: string): Dash {
  const values = groups.map((group) => sharedValue(group, by))
  return dashes[[...new Set(values)].indexOf(values[index]!) % dashes.length]!
}

/** Share of the background in the colour of single runs behind their mean. */
const FAINT = 0.6
export const background: Record<Mode, Colour> = { light: '#ffffff', dark: '#15181c' }

export const faint = (colour: Colour, mode: Mode): Colour => mixed(colour, background[mode], FAINT)
