// node scripts/font-widths.ts: writes the widths of the characters of resources/font into src-engine/figure/page/font-widths.ts,
// so that a page is laid out without reading a font. Run it again when the font changes.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openSync, type Font } from 'fontkit'
import { resourcesDir } from '../src-main/cli/surroundings.ts'
import { main } from './runtime/run.ts'

/** Latin, Greek, punctuation, super- and subscripts, arrows, mathematics, geometric shapes. */
const blocks = [[0x20, 0x7e], [0xa0, 0x17f], [0x370, 0x3ff], [0x2000, 0x209f], [0x2190, 0x22ff], [0x25a0, 0x25ff]] as const
const target = path.join(import.meta.dirname, '../src-engine/figure/page/font-widths.ts')

/** Characters by their width in thousandths of the size: [width, characters]. */
function widthsOf(file: string): [number, string][] {
  const font = openSync(path.join(resourcesDir, 'font', file)) as Font
  const codes = blocks.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index))
  const byWidth = Map.groupBy(codes.filter((code) => font.hasGlyphForCodePoint(code)), (code) =>
    Math.round((1000 * font.glyphForCodePoint(code).advanceWidth) / font.unitsPerEm))
  return [...byWidth].sort(([a], [b]) => a - b).map(([width, those]) => [width, String.fromCodePoint(...those)])
}

/** Every character that is no letter of ASCII is written by its code, so that none is invisible. */
const quoted = (text: string) => `'${Array.from(text, (each) =>
  (/[\p{L}\p{N}]/u.test(each) ? each : `\\u${each.codePointAt(0)!.toString(16).padStart(4, '0')}`)).join('')}'`

await main(async () => {
  const tables = Object.entries({ regular: 'Arimo-Regular.ttf', bold: 'Arimo-Bold.ttf' }).map(([name, file]) =>
    `  ${name}: byCharacter([\n${widthsOf(file).map(([width, those]) => `    [${width}, ${quoted(those)}],\n`).join('')}  ]),\n`)
  await writeFile(target, `// Written by scripts/font-widths.ts.

/** Characters by their width in thousandths of the size of the text. */
const byCharacter = (widths: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(widths.flatMap(([width, characters]) => Array.from(characters, (character) => [character, width] as const)))

export const widths = {
${tables.join('')}}
`)
  return 0
})
