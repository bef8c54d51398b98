import { roundTo } from '../../format/numbers.ts'
import { writtenText } from '../../format/written-text.ts'
import { base64, pngOfImage } from './png.ts'
import type { Image, Point, Polylines, Scene, Shape, Words } from './scene.ts'
import { PAPER, POINTS_PER_MM } from './style.ts'

/** Fonts with the widths of the first one, which is in resources/font. */
const FAMILY = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif"

/** What a figure is and what it was made of, for readers of its file. */
export interface Origin {
  title: string
  /** Name and version of the application. */
  creator: string
  /** The runs that it shows, with their digests. */
  source: string
}

/** Outline of a text as the data of a path, its y axis upwards, with the units that the size of the text has. */
export type OutlineOf = (text: string, isBold: boolean) => { path: string; width: number; unitsPerSize: number }

/**
 * A page as SVG. Text stays text, on explicit baselines, unless there are outlines for it. The same page gives the same bytes.
 */
export function svgOf({ width, height, shapes }: Scene, origin?: Origin, outlineOf?: OutlineOf): string {
  const size = `width="${digits(width / POINTS_PER_MM)}mm" height="${digits(height / POINTS_PER_MM)}mm" viewBox="0 0 ${digits(width)} ${digits(height)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} stroke-linejoin="round" font-family="${FAMILY}">`,
    ...(origin ? [`<title>${escaped(origin.title)}</title>`, `<desc>${escaped(`${origin.creator}. ${origin.source}`)}</desc>`] : []),
    `<rect width="100%" height="100%" fill="${PAPER}"/>`,
    ...shapes.filter(isVisible).map((shape) => (shape.kind === 'words' && outlineOf ? outlineOfWords(shape, outlineOf) : elementOf(shape))),
    '</svg>',
    '',
  ].join('\n')
}

const isVisible = (shape: Shape) => shape.kind !== 'words' || shape.text !== ''

function elementOf(shape: Shape): string {
  if (shape.kind === 'words') return textOf(shape)
  if (shape.kind === 'image') return imageOf(shape)
  const look = lookOf(shape)
  if (shape.kind === 'disc') return `<circle cx="${digits(shape.centre[0])}" cy="${digits(shape.centre[1])}" r="${digits(shape.radius)}"${look}/>`
  return `<path d="${shape.lines.map((line) => `${pathOf(line)}${shape.fill === undefined ? '' : 'Z'}`).join('')}"${look}/>`
}

function textOf({ text, at: [x, y], size, isBold, colour, anchor, isTurned }: Words): string {
  const place = isTurned ? `transform="translate(${digits(x)} ${digits(y)}) rotate(-90)"` : `x="${digits(x)}" y="${digits(y)}"`
  const look = `${isBold ? ' font-weight="700"' : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`
  return `<text ${place} font-size="${digits(size)}" fill="${colour}"${look}>${escaped(text)}</text>`
}

/** Screen readers find the text in the label. */
function outlineOfWords({ text, at: [x, y], size, isBold, colour, anchor, isTurned }: Words, outlineOf: OutlineOf): string {
  const { path, width, unitsPerSize } = outlineOf(text, isBold)
  const start = anchor === 'start' ? 0 : anchor === 'middle' ? -width / 2 : -width
  const scale = roundTo(size / unitsPerSize, 6)
  const turned = isTurned ? ' rotate(-90)' : ''
  const place = `translate(${digits(x)} ${digits(y)})${turned} scale(${scale} ${-scale}) translate(${digits(start)} 0)`
  return `<path transform="${place}" d="${path}" fill="${colour}" aria-label="${escaped(text)}"/>`
}

/** Programs that do not know the value of the style, such as older Inkscape, read the attribute. */
function imageOf(image: Image): string {
  const { left, top, width, height } = image.box
  const place = `x="${digits(left)}" y="${digits(top)}" width="${digits(width)}" height="${digits(height)}" preserveAspectRatio="none"`
  const sharp = 'image-rendering="optimizeSpeed" style="image-rendering:pixelated"'
  return `<image ${place} ${sharp} href="data:image/png;base64,${base64(pngOfImage(image))}"/>`
}

function lookOf({ fill, stroke, opacity }: Pick<Polylines, 'fill' | 'stroke' | 'opacity'>): string {
  const line = stroke && ` stroke="${stroke.colour}" stroke-width="${digits(stroke.width)}"${stroke.dash ? ` stroke-dasharray="${stroke.dash.join(' ')}"` : ''}`
  return ` fill="${fill ?? 'none'}"${line ?? ''}${opacity === undefined ? '' : ` opacity="${opacity}"`}`
}

/** The first point, then each next one from the one before. */
function pathOf(line: readonly Point[]): string {
  const rounded = line.map(([x, y]): Point => [hundredths(x), hundredths(y)])
  return rounded.map(([x, y], index) => {
    if (index === 0) return `M${x / 100} ${y / 100}`
    const [dx, dy] = [x - rounded[index - 1]![0], y - rounded[index - 1]![1]]
    return `l${dx / 100} ${dy / 100}`
  }).join('')
}

const hundredths = (value: number) => Math.round(value * 100)

/** A length to a hundredth of a point, far below what a printer shows. */
const digits = (value: number) => String(hundredths(value) / 100)

const escaped = (text: string) => writtenText(text, 'xml')
