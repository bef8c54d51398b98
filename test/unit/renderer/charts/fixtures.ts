import type { Figure } from '../../../../src-renderer/charts/figure.ts'
import { exportOption, toSvg } from '../../../../src-renderer/charts/export.ts'
import { themes } from '../../../../src-renderer/charts/theme.ts'

export const light = themes.light

export const epochsOf = (losses: number[]) =>
  losses.map((loss, index) => ({ epoch: index + 1, loss, patternLosses: [loss / 2, loss * 2], metrics: {} }))

export const seriesOf = ({ option }: Figure) => option.series as { type: string, name: string, data: unknown[] }[]

export const svgOf = (figure: Figure) =>
  toSvg(exportOption(figure, light, { window: null, hidden: [] }, { width: 600, height: 300 }))
