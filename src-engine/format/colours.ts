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

/** A colour on a light and on a dark background. */
export interface TwoColours {
  light: string
  dark: string
}
