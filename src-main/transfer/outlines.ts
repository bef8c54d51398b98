import type { Font } from 'fontkit'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OutlineOf } from '../../src-engine/figure/page/svg.ts'
import { fonts } from './fonts.ts'

/** Outlines of texts in the fonts of pages, for files whose readers may lack the fonts. */
export async function outliner(fontDir: string): Promise<OutlineOf> {
  // Loaded only here, because it takes long to load.
  const { create } = await import('fontkit')
  const read = async (file: string) => create(await readFile(path.join(fontDir, file))) as Font
  const [regular, bold] = await Promise.all([read(fonts.regular), read(fonts.bold)])
  return (text, isBold) => outlineIn(isBold ? bold : regular, text)
}

/** Characters side by side without kerning, as pages measure them. */
function outlineIn(font: Font, text: string): ReturnType<OutlineOf> {
  let right = 0
  const parts: string[] = []
  for (const character of text) {
    const glyph = font.glyphForCodePoint(character.codePointAt(0)!)
    parts.push(glyph.path.translate(right, 0).toSVG())
    right += glyph.advanceWidth
  }
  return { path: parts.join(''), width: right, unitsPerSize: font.unitsPerEm }
}
