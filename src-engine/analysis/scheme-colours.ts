import type { SchemeKind } from '../spec/scheme.ts'

/** Okabe and Ito's palette, distinguishable with every common colour vision. */
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

/** A scheme's colour, the same on every screen and in every export; FP32 is what contrasts with the background. */
export const schemeColour = (scheme: SchemeKind, background: 'light' | 'dark') =>
  scheme === 'fp32' ? (background === 'light' ? '#000000' : '#ffffff') : coloured[scheme]
