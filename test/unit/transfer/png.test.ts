import { createCanvas, loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import type { Scene } from '../../../src-engine/figure/page/scene.ts'
import { pngOf } from '../../../src-main/transfer/png.ts'

const stroke = { colour: '#000000', width: 1 }
const scene: Scene = {
  width: 72, height: 36,
  shapes: [
    { kind: 'disc', centre: [18, 18], radius: 9, fill: '#ff0000', opacity: 0.5 },
    { kind: 'polylines', lines: [[[36, 0], [36, 36]]], stroke: { ...stroke, width: 2 } },
    { kind: 'image', box: { left: 40, top: 0, width: 32, height: 36 }, columns: 2, pixels: Uint8Array.of(0, 1), palette: ['#0000ff', '#00ff00'] },
    { kind: 'words', text: 'MMMM', at: [2, 34], size: 6, isBold: true, colour: '#000000', anchor: 'start', isTurned: false },
  ],
}
const origin = { title: 'Losses, θ', creator: 'Chalcogen 1.2.3', source: 'run 0run00000001' }
const pngAt = (dpi: number) => pngOf(scene, { ...origin, dpi, fontDir: 'resources/font' })

/** The chunks of a PNG by their names. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png)
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return chunks
}

test.each([[72, 72, 36], [300, 300, 150], [101, 101, 51]])('a PNG at %i dpi has the size of its page and says its resolution', async (dpi, width, height) => {
  const chunks = chunksOf(await pngAt(dpi))
  expect([...chunks.keys()].slice(0, 2)).toEqual(['IHDR', 'pHYs'])
  expect([chunks.get('IHDR')!.readUInt32BE(0), chunks.get('IHDR')!.readUInt32BE(4)]).toEqual([width, height])
  const density = chunks.get('pHYs')!
  expect(density.readUInt32BE(0)).toBe(Math.round(dpi / 0.0254))
  expect(density.readUInt32BE(4)).toBe(density.readUInt32BE(0))
  expect(density[8]).toBe(1)
})

test('the same page gives the same bytes', async () => {
  expect(Buffer.from(await pngAt(150)).equals(await pngAt(150))).toBe(true)
})

test('a PNG shows its shapes on white paper, and pixels of an image without blur', async () => {
  const image = await loadImage(Buffer.from(await pngAt(144)))
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const colourAt = (x: number, y: number) => Array.from(context.getImageData(2 * x, 2 * y, 1, 1).data)
  expect(colourAt(1, 1)).toEqual([255, 255, 255, 255])
  expect(colourAt(18, 18)).toEqual([255, expect.closeTo(127, -0.5), expect.closeTo(127, -0.5), 255])
  expect(colourAt(36, 18)).toEqual([0, 0, 0, 255])
  expect([colourAt(55, 18), colourAt(56, 18)]).toEqual([[0, 0, 255, 255], [0, 255, 0, 255]])
  const ink = Array.from({ length: 20 }, (_, x) => colourAt(2 + x, 32)[0]!)
  expect(ink.some((each) => each < 100)).toBe(true)
})

test('a resolution that is out of range or too large for the page is refused', async () => {
  for (const dpi of [0, 35, 1201, NaN]) await expect(pngAt(dpi)).rejects.toThrow('must be between 36 and 1200 dpi')
  await expect(pngOf({ ...scene, width: 2000, height: 2000 }, { ...origin, dpi: 1200, fontDir: 'resources/font' })).rejects.toThrow('must be lower')
})

test('a PNG says what it is and what it was made of', async () => {
  const bytes = Buffer.from(await pngAt(72)).toString('utf8')
  for (const text of ['Title\0\0\0\0\0Losses, θ', 'Software\0\0\0\0\0Chalcogen 1.2.3', 'Source\0\0\0\0\0run 0run00000001']) {
    expect(bytes).toContain(text)
  }
})
