import * as z from 'zod'
import { figureDocumentSchema } from '../../src-engine/charts/figure-document.ts'
import { dashes, markers, numberScales } from '../../src-engine/figure/figure.ts'
import { pageSchema } from './page.ts'

export const figureName = z.string().min(1).max(200)

/** A figure in the library. */
export const keptFigureSchema = z.strictObject({
  name: z.string(),
  changedAt: z.string(),
  /** Null if this version cannot read it. */
  document: figureDocumentSchema.nullable(),
  /** Why it cannot be read; null if it can. */
  problem: z.string().nullable(),
})
export type KeptFigure = z.output<typeof keptFigureSchema>

const axisSchema = z.strictObject({ name: z.string(), scale: z.enum([...numberScales, 'category']) })

/** A figure as it is drawn. */
export const drawnFigureSchema = z.strictObject({
  page: pageSchema,
  /** What each panel shows before it is styled. */
  panels: z.array(z.strictObject({
    title: z.string(),
    x: axisSchema.nullable(),
    y: axisSchema.nullable(),
    series: z.array(z.strictObject({
      name: z.string(), colour: z.string(), dash: z.enum(dashes).nullable(),
      /** Of its points; null if it has none. */
      marker: z.enum(markers).nullable(),
    })),
  })),
  /** What is missing, or has changed since the figure was saved. */
  warnings: z.array(z.string()),
})
export type DrawnFigure = z.output<typeof drawnFigureSchema>
