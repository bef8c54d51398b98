import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageOf } from '../../../src-engine/figure/page/page.ts'
import type { Scene } from '../../../src-engine/figure/page/scene.ts'
import { POINTS_PER_MM, twoColumns } from '../../../src-engine/figure/page/style.ts'
import { pdfOf } from '../../../src-main/transfer/pdf.ts'
import { schemesFigure } from '../../../src-main/transfer/results/schemes-figure.ts'
import { studyReport } from '../../fixtures/study-report.ts'

const hasPoppler = spawnSync('pdfinfo', ['-v']).status === 0
const dir = mkdtempSync(join(tmpdir(), 'chalcogen-'))
const file = join(dir, 'figure.pdf')
let scene: Scene
beforeAll(async () => {
  scene = pageOf(schemesFigure(studyReport().sections[0]!), { ...twoColumns, width: 183 * POINTS_PER_MM })
  writeFileSync(file, await pdfOf(scene, { title: 'Schemes, θ ≤ 1 µS', source: 'run 0run00000001', fontDir: 'resources/font', creator: 'Chalcogen 1.2.3' }))
})
afterAll(() => rmSync(dir, { recursive: true }))

const poppler = (program: string, ...args: string[]) => execFileSync(program, [...args, file, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' })

describe.skipIf(!hasPoppler)('a PDF, as poppler (poppler-utils) reads it', () => {
  it('has the size of its page to a tenth of a millimetre, and says what it is', () => {
    const info = poppler('pdfinfo')
    const [, width, height] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(info)!
    expect(Math.abs(Number(width) / POINTS_PER_MM - 183)).toBeLessThan(0.1)
    expect(Math.abs(Number(height) - scene.height) / POINTS_PER_MM).toBeLessThan(0.1)
    expect(info).toMatch(/Title: +Schemes, θ ≤ 1 µS/)
    expect(info).toMatch(/Creator: +Chalcogen 1\.2\.3/)
    expect(info).toMatch(/Subject: +run 0run00000001/)
    expect(info).toMatch(/Pages: +1/)
  })

  it('embeds subsets of its fonts', () => {
    const fonts = poppler('pdffonts').trim().split('\n').slice(2)
    expect(fonts).toHaveLength(2)
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}[+]Arimo-(Regular|Bold) .* yes yes yes /)
  })

  it('has every word of the page as text', () => {
    const found = poppler('pdftotext').replaceAll(/\s+/g, ' ')
    for (const shape of scene.shapes) if (shape.kind === 'words' && !shape.isTurned) expect(found).toContain(shape.text.replaceAll(/\s+/g, ' '))
  })
})
