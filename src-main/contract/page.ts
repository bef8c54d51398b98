import * as z from 'zod'
import type { Scene } from '../../src-engine/figure/page/scene.ts'

const point = z.tuple([z.number(), z.number()])
const colour = z.string().regex(/^#[0-9a-f]{6}$/)
const stroke = z.strictObject({ colour, width: z.number(), dash: z.array(z.number()).optional() })
const opacity = z.number().min(0).max(1).optional()

const shape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('polylines'), lines: z.array(z.array(point)), stroke: stroke.optional(), fill: colour.optional(), opacity,
  }),
  z.strictObject({ kind: z.literal('disc'), centre: point, radius: z.number(), stroke: stroke.optional(), fill: colour, opacity }),
  z.strictObject({
    kind: z.literal('words'), text: z.string().max(10_000), at: point, size: z.number(), isBold: z.boolean(), colour,
    anchor: z.enum(['start', 'middle', 'end']), isTurned: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('image'), box: z.strictObject({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
    columns: z.int().positive(), pixels: z.instanceof(Uint8Array), palette: z.array(colour).max(256),
  }),
])

/** Longest side of a page, in points (5 m). */
const MOST = 14_400
const side = z.number().positive().max(MOST)

/** A page of the window's figures. */
export const pageSchema: z.ZodType<Scene, Scene> = z.strictObject({ width: side, height: side, shapes: z.array(shape) })
