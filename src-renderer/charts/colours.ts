export { schemeColour } from '../../src-engine/experiment/scheme.ts'
export { okabeIto } from '../../src-engine/format/colours.ts'

export type Mode = 'light' | 'dark'

export const BAND_OPACITY = 0.2
