import type { PictureFormat } from '../../src-engine/figure/page/formats.ts'
import type { Scene } from '../../src-engine/figure/page/scene.ts'
import { call } from '../bridge/bridge.ts'

/** Save a page where the user chooses. @returns the file; null if the user cancelled */
export async function savePicture(name: string, format: PictureFormat, page: Scene): Promise<string | null> {
  const written = await call('chart.export', { name, format, page })
  return written?.files[0] ?? null
}

/** A page as a PNG image. */
export async function pictureOf(page: Scene): Promise<Blob> {
  const { png } = await call('chart.picture', { page })
  return new Blob([png], { type: 'image/png' })
}
