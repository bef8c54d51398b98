import type { FigureDocument } from '../../src-engine/charts/figure-document.ts'
import { pageStyleOf } from '../../src-engine/charts/styled.ts'
import type { Figure } from '../../src-engine/figure/figure.ts'
import { figureData } from './figure-data.ts'
import { replotScript } from './replot.ts'

/**
 * What a figure is made of, as files beside it: its data, its document, and a script that draws it again.
 * @param script the shipped script of `replotScript`
 */
export const besideFigure = (
  document: FigureDocument, figure: Figure, stem: string, script: string,
): { name: string; content: string }[] => [
  { name: `${stem}.csv`, content: figureData(figure) },
  { name: `${stem}.json`, content: `${JSON.stringify(document, null, 2)}\n` },
  { name: `${stem}.py`, content: replotScript(script, figure, pageStyleOf(document.style)) },
]
