import path from 'node:path'
import type { Figure } from '../../src-engine/figure/figure.ts'
import { type PictureFormat, pictureFormats } from '../../src-engine/figure/page/formats.ts'
import { pageOf } from '../../src-engine/figure/page/page.ts'
import type { Scene } from '../../src-engine/figure/page/scene.ts'
import { twoColumns } from '../../src-engine/figure/page/style.ts'
import { svgOf } from '../../src-engine/figure/page/svg.ts'
import { BadInput } from '../contract/problem.ts'
import { outliner } from './outlines.ts'
import { type PdfOptions, pdfOf } from './pdf.ts'
import { DEFAULT_DPI, type PngOptions, pngOf, refuseDpi } from './png.ts'
import { writeWithFolder } from './write-file.ts'

/** The resolution is that of a PNG. */
export interface FigureOptions extends PdfOptions, Partial<Pick<PngOptions, 'dpi'>> {
  /** Whether texts of an SVG are paths. */
  outlines?: boolean
}

/** A page as the bytes of a file. @throws BadInput if it cannot be drawn at the resolution */
export async function bytesOfFigure(
  page: Scene, format: PictureFormat, { dpi = DEFAULT_DPI, outlines = false, ...options }: FigureOptions,
): Promise<Uint8Array> {
  switch (format) {
    case 'svg': return new TextEncoder().encode(svgOf(page, options, outlines ? await outliner(options.fontDir) : undefined))
    case 'pdf': return pdfOf(page, options)
    case 'png': return pngOf(page, { ...options, dpi })
  }
}

/** The format of a file. @throws BadInput if it has the ending of no format, or if the resolution is out of range or not for this format */
export function refuseFigureFile(file: string, dpi?: number): PictureFormat {
  const format = formatOf(file)
  if (dpi === undefined) return format
  refuseDpi(dpi)
  if (format !== 'png') throw new BadInput(file, [{ path: '', rule: 'must end in .png if you set a resolution', found: endingOf(file) }])
  return format
}

/** Write a figure in the format that the ending of the file says. @throws BadInput or FileError */
export async function writeFigure(file: string, figure: Figure, options: FigureOptions): Promise<void> {
  await writeWithFolder(file, await bytesOfFigure(pageOf(figure, twoColumns), formatOf(file), options))
}

/** @throws BadInput if a file has the ending of no format */
function formatOf(file: string): PictureFormat {
  const format = pictureFormats.find((each) => endingOf(file) === `.${each}`)
  if (format) return format
  throw new BadInput(file, [{ path: '', rule: `must end in ${endings}`, found: endingOf(file) }])
}

const endings = '.svg, .pdf or .png'

const endingOf = (file: string) => path.extname(file).toLowerCase()
