import type { SchemeKind } from '../../src-engine/spec/scheme.ts'

export type Mode = 'light' | 'dark'

/** Okabe and Ito's palette, distinguishable with every common colour vision. */
export const okabeIto = {
  orange: '#e69f00',
  skyBlue: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  vermilion: '#d55e00',
  purple: '#cc79a7',
} as const

const coloured: Record<Exclude<SchemeKind, 'fp32'>, string> = {
  'accumulator': '#8a8f98',
  'sign': okabeIto.orange,
  'stochastic': okabeIto.skyBlue,
  'multi-memristor': okabeIto.green,
  'mixed-precision': okabeIto.vermilion,
  'update-ready': okabeIto.purple,
}

/** The same on every screen and in every export. */
export const schemeColour = (scheme: SchemeKind, mode: Mode) =>
  scheme === 'fp32' ? (mode === 'light' ? '#000000' : '#ffffff') : coloured[scheme]

export const BAND_OPACITY = 0.2
