import { expect, test } from '@playwright/test'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageOf } from '../../src-engine/figure/page/page.ts'
import { twoColumns } from '../../src-engine/figure/page/style.ts'
import { bytesOfFigure } from '../../src-main/transfer/figure-file.ts'
import { everyMark } from '../fixtures/every-mark.ts'
import { differingShare, pixelsOf } from '../fixtures/pixels.ts'
import { newFolder, open, projectRoot, type Laboratory } from './laboratory.ts'

const DPI = 150
const page = pageOf(everyMark, twoColumns)

/** The SVG as Chromium draws it. */
async function drawnByChromium({ page: window }: Laboratory, svg: string): Promise<Buffer> {
  const pixels = (points: number) => Math.round((points / 72) * DPI)
  const url = await window.evaluate(async ({ svg, width, height }) => {
    const image = new Image(width, height)
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    canvas.getContext('2d')!.drawImage(image, 0, 0, width, height)
    return canvas.toDataURL('image/png')
  }, { svg, width: pixels(page.width), height: pixels(page.height) })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

const missing = ['pdftoppm', 'rsvg-convert'].filter((program) => spawnSync(program, ['-v']).error !== undefined)

test('a page as SVG looks in Chromium as in librsvg, and as the page as PDF', async () => {
  test.skip(missing.length > 0, `needs ${missing.join(' and ')}, which .ci/run installs as root on Debian`)
  const folder = await newFolder()
  const fileOf = (name: string) => join(folder, name)
  const options = { dpi: DPI, fontDir: join(projectRoot, 'resources/font'), title: 'Every mark', creator: 'Chalcogen', source: '' }
  for (const format of ['svg', 'pdf'] as const) await writeFile(fileOf(`figure.${format}`), await bytesOfFigure(page, format, options))
  await writeFile(fileOf('outlines.svg'), await bytesOfFigure(page, 'svg', { ...options, outlines: true }))
  const resolution = String(DPI)
  execFileSync('pdftoppm', ['-r', resolution, '-png', '-singlefile', fileOf('figure.pdf'), fileOf('pdf')])
  execFileSync('rsvg-convert', ['-d', resolution, '-p', resolution, '-o', fileOf('svg.png'), fileOf('figure.svg')])
  const others = await Promise.all(['pdf', 'svg'].map(async (name) => pixelsOf(await readFile(fileOf(`${name}.png`)))))
  const lab = await open(folder)
  for (const name of ['figure', 'outlines']) {
    const own = await pixelsOf(await drawnByChromium(lab, await readFile(fileOf(`${name}.svg`), 'utf8')))
    for (const other of others) {
      expect(Math.abs(own.width - other.width)).toBeLessThanOrEqual(1)
      expect(Math.abs(own.height - other.height)).toBeLessThanOrEqual(1)
      expect(differingShare(own, other)).toBeLessThan(0.01)
    }
  }
  expect(lab.complaints).toEqual([])
  await lab.close()
})
