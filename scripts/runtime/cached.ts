import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Creates a file or folder once and keeps it. It is created in a temporary folder next to `place` and moved there when complete,
 * so the remains of an interrupted or failed attempt are never used.
 * @param make writes the result into the given folder and returns its path
 */
export async function cached(place: string, make: (workFolder: string) => Promise<string>): Promise<string> {
  if (existsSync(place)) return place
  mkdirSync(dirname(place), { recursive: true })
  const workFolder = mkdtempSync(join(dirname(place), `.making-${basename(place)}-`))
  try {
    const made = await make(workFolder)
    if (!existsSync(place)) renameSync(made, place)
    return place
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}
