import { call } from '../bridge/bridge.ts'

/** Save a chart where the user chooses. @returns the file; null if the user cancelled */
export async function savePicture(name: string, format: 'svg' | 'png', content: string | Uint8Array): Promise<string | null> {
  const written = await call('chart.export', { name, format, content: content as string | Uint8Array<ArrayBuffer> })
  return written?.files[0] ?? null
}
