import type { ColourScale } from '../figure/figure.ts'
import { GREY, okabeIto } from '../format/colours.ts'

export type Mode = 'light' | 'dark'

/** Colours of data, on a light or a dark background. */
export interface Palette {
  mode: Mode
  ink: string
  quiet: string
  faint: string
  accent: string
  second: string
  /** Marks of missing values. */
  warning: string
}

export const palettes: Record<Mode, Palette> = {
  light: {
    mode: 'light', ink: '#1a1e24', quiet: '#565e69', faint: '#9aa1ab', accent: okabeIto.blue, second: GREY, warning: okabeIto.vermilion,
  },
  dark: {
    mode: 'dark', ink: '#e2e6ea', quiet: '#a7afb8', faint: '#5b646e', accent: '#4aa6de', second: '#8b949e', warning: '#e8722a',
  },
}

/** Viridis of matplotlib at eighths. */
export const viridis = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'] as const

type MapColours = Pick<ColourScale, 'colours' | 'missing'>

/** Of values around 0: dark ends on white, light ends on a dark screen, so that extremes stand out. */
export const balanced: Record<Mode, MapColours> = {
  light: { colours: ['#005496', '#ffffff', '#be4600'], missing: '#c8cbd0' },
  dark: { colours: ['#56b4e9', '#181c20', '#f08232'], missing: '#545a62' },
}

/** Of values from 0. */
export const sequential: Record<Mode, MapColours> = {
  light: { colours: viridis, missing: balanced.light.missing },
  dark: { colours: viridis, missing: balanced.dark.missing },
}
