import type { Chart } from '../../src-engine/charts/chart.ts'
import type { Palette } from '../../src-engine/charts/palette.ts'

/** Makes a chart in the colours of a palette. */
export type Draw = (palette: Palette) => Chart
