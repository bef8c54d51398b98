import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageOf } from '../../../src-engine/figure/page/page.ts'
import { twoColumns } from '../../../src-engine/figure/page/style.ts'
import { pictureFormats } from '../../../src-engine/figure/page/formats.ts'
import { bytesOfFigure } from '../../../src-main/transfer/figure-file.ts'
import { skipFor } from '../../fault/support.ts'
import { everyMark } from '../../fixtures/every-mark.ts'
import { differingShare, pixelsOf } from '../../fixtures/pixels.ts'

const DPI = 150
const page = pageOf(everyMark, twoColumns)
let folder: string
const fileOf = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chalcogen-'))
  const options = { dpi: DPI, fontDir: 'resources/font', title: 'Every mark', creator: 'Chalcogen', source: '' }
  for (const format of pictureFormats) writeFileSync(fileOf(`figure.${format}`), await bytesOfFigure(page, format, options))
  writeFileSync(fileOf('outlines.svg'), await bytesOfFigure(page, 'svg', { ...options, outlines: true }))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Programs that draw a file as read.png at the resolution. */
const readers = [
  { format: 'pdf', program: 'pdftoppm', words: () => ['-r', `${DPI}`, '-png', '-singlefile', fileOf('figure.pdf'), fileOf('read')] },
  { format: 'svg', program: 'rsvg-convert', words: () => ['-d', `${DPI}`, '-p', `${DPI}`, '-o', fileOf('read.png'), fileOf('figure.svg')] },
  {
    format: 'svg with outlines', program: 'rsvg-convert',
    words: () => ['-d', `${DPI}`, '-p', `${DPI}`, '-o', fileOf('read.png'), fileOf('outlines.svg')],
  },
]

const picture = (name: string) => pixelsOf(readFileSync(fileOf(name)))

test.for(readers)('a page as $format looks to $program as the page as PNG', async ({ program, words }, context) => {
  if (spawnSync(program, ['-v']).error) skipFor(`needs ${program}, which .ci/run installs as root on Debian`, context)
  execFileSync(program, words())
  const [own, read] = [await picture('figure.png'), await picture('read.png')]
  expect(Math.abs(own.width - read.width)).toBeLessThanOrEqual(1)
  expect(Math.abs(own.height - read.height)).toBeLessThanOrEqual(1)
  expect(differingShare(own, read)).toBeLessThan(0.01)
})

test('an SVG with outlines has no text, and each path says what it was', () => {
  const svg = readFileSync(fileOf('outlines.svg'), 'utf8')
  expect(svg).not.toContain('<text')
  const texts = [...readFileSync(fileOf('figure.svg'), 'utf8').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!.replaceAll('"', '&quot;'))
  expect([...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label)).toEqual(texts)
})
