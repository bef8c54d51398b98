export { okabeIto, schemeColour } from '../../src-engine/analysis/scheme-colours.ts'

export type Mode = 'light' | 'dark'

export const BAND_OPACITY = 0.2
