import type { SchemeKind } from '../experiment/scheme.ts'

/** Palette of Okabe and Ito, distinguishable with all common forms of colour blindness. */
export const okabeIto = {
  orange: '#e69f00',
  skyBlue: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  vermilion: '#d55e00',
  purple: '#cc79a7',
} as const

export const GREY = '#8a8f98'

const coloured: Record<Exclude<SchemeKind, 'fp32'>, string> = {
  'accumulator': GREY,
  'sign': okabeIto.orange,
  'stochastic': okabeIto.skyBlue,
  'multi-memristor': okabeIto.green,
  'mixed-precision': okabeIto.vermilion,
  'update-ready': okabeIto.purple,
}

/** Colour of a scheme, the same on every screen and in every export. FP32 is black or white, whichever contrasts with the background. */
export const schemeColour = (scheme: SchemeKind, background: 'light' | 'dark') =>
  scheme === 'fp32' ? (background === 'light' ? '#000000' : '#ffffff') : coloured[scheme]
