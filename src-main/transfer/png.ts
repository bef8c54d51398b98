import type { SKRSContext2D } from '@napi-rs/canvas'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { channelsOf } from '../../src-engine/figure/colour.ts'
import { chunk } from '../../src-engine/figure/page/png.ts'
import type { Disc, Image, Polylines, Scene, Shape, Words } from '../../src-engine/figure/page/scene.ts'
import type { Origin } from '../../src-engine/figure/page/svg.ts'
import { PAPER } from '../../src-engine/figure/page/style.ts'
import { BadInput } from '../contract/problem.ts'
import { fonts } from './fonts.ts'

export interface PngOptions extends Origin {
  /** Resolution, in pixels per inch. */
  dpi: number
  /** Folder of the fonts. */
  fontDir: string
}

type Canvas = typeof import('@napi-rs/canvas')

/** Resolution that journals ask for. */
export const DEFAULT_DPI = 300
const [LEAST_DPI, MOST_DPI] = [36, 1200]

const FAMILY = 'Arimo'
const POINTS_PER_INCH = 72
const INCHES_PER_METRE = 1 / 0.0254
/** Most pixels of an image, which take 4 bytes each while it is drawn. */
const MOST_PIXELS = 150e6
/** Where the first chunk of a PNG, its header, ends. */
const AFTER_HEADER = 33

/**
 * A page as PNG on white paper, which says its resolution. The same page gives the same bytes.
 *
 * @throws BadInput if the resolution is out of range or the image would be too large
 */
export async function pngOf(scene: Scene, { dpi, fontDir, ...origin }: PngOptions): Promise<Uint8Array> {
  const scale = dpi / POINTS_PER_INCH
  const [width, height] = [Math.round(scene.width * scale), Math.round(scene.height * scale)]
  refuseDpi(dpi)
  if (width * height > MOST_PIXELS) throw badDpi('must be lower, because the image would be too large', dpi)
  // Loaded only here, because it takes long to load.
  const canvas = await import('@napi-rs/canvas')
  await registerFonts(canvas, fontDir)
  const paper = canvas.createCanvas(width, height)
  const context = paper.getContext('2d')
  context.fillStyle = PAPER
  context.fillRect(0, 0, width, height)
  context.scale(scale, scale)
  context.lineJoin = 'round'
  context.imageSmoothingEnabled = false
  for (const shape of scene.shapes) draw(context, shape, canvas)
  return withChunks(await paper.encode('png'), [resolutionOf(dpi), ...textsOf(origin)])
}

/** @throws BadInput if a resolution is out of range */
export function refuseDpi(dpi: number): void {
  if (!(dpi >= LEAST_DPI && dpi <= MOST_DPI)) throw badDpi(`must be between ${LEAST_DPI} and ${MOST_DPI} dpi`, dpi)
}

const badDpi = (rule: string, dpi: number) => new BadInput('The resolution', [{ path: '', rule, found: String(dpi) }])

/** Fonts are read here, because the library cannot read files inside the package of the application. */
async function registerFonts({ GlobalFonts }: Canvas, fontDir: string): Promise<void> {
  if (GlobalFonts.has(FAMILY)) return
  for (const file of Object.values(fonts)) GlobalFonts.register(await readFile(path.join(fontDir, file)), FAMILY)
}

function draw(context: SKRSContext2D, shape: Shape, canvas: Canvas): void {
  context.save()
  if (shape.kind === 'words') drawWords(context, shape)
  else if (shape.kind === 'image') drawImage(context, shape, canvas)
  else drawShape(context, shape)
  context.restore()
}

function drawShape(context: SKRSContext2D, shape: Polylines | Disc): void {
  const { stroke, fill } = shape
  context.beginPath()
  if (shape.kind === 'disc') context.arc(...shape.centre, shape.radius, 0, 2 * Math.PI)
  else {
    for (const line of shape.lines) {
      for (const [index, [x, y]] of line.entries()) context[index === 0 ? 'moveTo' : 'lineTo'](x, y)
      if (fill !== undefined) context.closePath()
    }
  }
  context.globalAlpha = shape.opacity ?? 1
  if (fill !== undefined) {
    context.fillStyle = fill
    context.fill()
  }
  if (!stroke) return
  context.lineWidth = stroke.width
  context.strokeStyle = stroke.colour
  context.setLineDash([...stroke.dash ?? []])
  context.stroke()
}

function drawImage(context: SKRSContext2D, { pixels, columns, palette, box }: Image, { createCanvas }: Canvas): void {
  const rows = pixels.length / columns
  const source = createCanvas(columns, rows)
  const target = source.getContext('2d')
  const data = target.createImageData(columns, rows)
  const colours = palette.map((colour) => [...channelsOf(colour), 255])
  for (const [index, pixel] of pixels.entries()) data.data.set(colours[pixel]!, 4 * index)
  target.putImageData(data, 0, 0)
  context.drawImage(source, box.left, box.top, box.width, box.height)
}

function drawWords(context: SKRSContext2D, { text, at: [x, y], size, isBold, colour, anchor, isTurned }: Words): void {
  if (text === '') return
  context.translate(x, y)
  if (isTurned) context.rotate(-Math.PI / 2)
  context.font = `${isBold ? 700 : 400} ${size}px ${FAMILY}`
  context.textAlign = anchor === 'middle' ? 'center' : anchor
  context.fillStyle = colour
  context.fillText(text, 0, 0)
}

/** A PNG with its resolution in pixels per metre (chunk pHYs), after its header. */
const withChunks = (png: Uint8Array, chunks: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)])

/** Texts in UTF-8, without compression. */
const textsOf = ({ title, creator, source }: Origin): Uint8Array[] =>
  Object.entries({ Title: title, Software: creator, Source: source })
    .map(([keyword, text]) => chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')))

function resolutionOf(dpi: number): Uint8Array {
  const density = Buffer.alloc(9)
  const perMetre = Math.round(dpi * INCHES_PER_METRE)
  density.writeUInt32BE(perMetre, 0)
  density.writeUInt32BE(perMetre, 4)
  density.writeUInt8(1, 8)
  return chunk('pHYs', density)
}
