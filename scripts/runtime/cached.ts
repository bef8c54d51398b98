import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * A file or folder that is made once and kept. It is made beside its place and moved there when complete,
 * so what an interrupted or failed attempt leaves behind is never taken for the whole.
 * @param make writes the result inside the folder it is given and returns its path
 */
export async function cached(place: string, make: (workshop: string) => Promise<string>): Promise<string> {
  if (existsSync(place)) return place
  mkdirSync(dirname(place), { recursive: true })
  const workshop = mkdtempSync(join(dirname(place), `.making-${basename(place)}-`))
  try {
    const made = await make(workshop)
    if (!existsSync(place)) renameSync(made, place)
    return place
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}
