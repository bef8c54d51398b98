import path from 'node:path'
import { pngOfImage } from '../../src-engine/figure/page/png.ts'
import type { Disc, Image, Polylines, Scene, Shape, Words } from '../../src-engine/figure/page/scene.ts'
import type { Origin } from '../../src-engine/figure/page/svg.ts'
import { textWidth } from '../../src-engine/figure/page/text.ts'
import { fonts } from './fonts.ts'

export interface PdfOptions extends Origin {
  /** Folder of the fonts, which are embedded. */
  fontDir: string
}

/**
 * A page as PDF of its exact size, with the used characters of the fonts embedded and text that can be selected. The same page gives the
 * same bytes.
 */
export async function pdfOf(scene: Scene, { title, source, fontDir, creator }: PdfOptions): Promise<Uint8Array> {
  // Loaded only here, because it takes long to load.
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: [scene.width, scene.height], margin: 0, font: path.join(fontDir, fonts.regular), lang: 'en', displayTitle: true,
    // The date of a document is part of its bytes.
    info: { Title: title, Subject: source, Creator: creator, Producer: creator, CreationDate: new Date(0), ModDate: new Date(0) },
  })
  const pieces: Uint8Array[] = []
  document.on('data', (piece: Uint8Array) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  for (const [name, file] of Object.entries(fonts)) document.registerFont(name, path.join(fontDir, file))
  for (const shape of scene.shapes) draw(document, shape)
  document.end()
  await ended
  return Buffer.concat(pieces)
}

function draw(document: PDFKit.PDFDocument, shape: Shape): void {
  if (shape.kind === 'words') drawWords(document, shape)
  else if (shape.kind === 'image') drawImage(document, shape)
  else drawShape(document, shape)
}

function drawShape(document: PDFKit.PDFDocument, shape: Polylines | Disc): void {
  document.save()
  if (shape.kind === 'disc') document.circle(...shape.centre, shape.radius)
  else {
    for (const line of shape.lines) {
      for (const [index, [x, y]] of line.entries()) document[index === 0 ? 'moveTo' : 'lineTo'](x, y)
      if (shape.fill !== undefined) document.closePath()
    }
  }
  document.opacity(shape.opacity ?? 1)
  const { stroke, fill } = shape
  if (stroke) {
    document.lineWidth(stroke.width).lineJoin('round').strokeColor(stroke.colour)
    if (stroke.dash) (document as unknown as ManyDashes).dash(stroke.dash)
  }
  if (stroke && fill !== undefined) document.fillColor(fill).fillAndStroke()
  else if (stroke) document.stroke()
  else document.fill(fill!)
  document.restore()
}

/** The types of the package know only one dash and one gap. */
interface ManyDashes { dash(lengths: readonly number[]): void }

function drawImage(document: PDFKit.PDFDocument, image: Image): void {
  const { left, top, width, height } = image.box
  document.image(Buffer.from(pngOfImage(image)), left, top, { width, height })
}

function drawWords(document: PDFKit.PDFDocument, { text, at: [x, y], size, isBold, colour, anchor, isTurned }: Words): void {
  if (text === '') return
  const width = textWidth(text, { size, isBold })
  const start = anchor === 'start' ? 0 : anchor === 'middle' ? -width / 2 : -width
  document.save()
  if (isTurned) document.rotate(-90, { origin: [x, y] })
  document.font(isBold ? 'bold' : 'regular').fontSize(size).fillColor(colour)
    .text(text, x + start, y, { lineBreak: false, baseline: 'alphabetic' })
  document.restore()
}
