import { createHash, type Hash } from 'node:crypto'
import {
  chmodSync, createReadStream, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync,
  rmSync, statSync, writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Creates a file or folder once and keeps it. It is created in a temporary folder next to `place` and moved there when complete,
 * so the remains of an interrupted or failed attempt are never used. It is created again if it is not what was created: what is kept
 * here is run, also as root.
 * @param make writes the result into the given folder and returns its path
 * @throws Error if the folder of `place` belongs to another user
 */
export async function cached(place: string, make: (workFolder: string) => Promise<string>): Promise<string> {
  keepPrivate(dirname(place))
  if (await isIntact(place)) return place
  if (existsSync(place)) console.log(`${place} is not what was kept there. Creating it again …`)
  const workFolder = mkdtempSync(join(dirname(place), `.making-${basename(place)}-`))
  try {
    const made = await make(workFolder)
    const digest = await digestOf(made)
    if (await isIntact(place)) return place
    rmSync(place, { recursive: true, force: true })
    writeFileSync(recordOf(place), digest)
    renameSync(made, place)
    return place
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

const recordOf = (place: string) => `${place}.sha256`

/** Only the user may write what the user runs. */
function keepPrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(folder)
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new Error(`${folder} belongs to another user, who could put programs there. Delete it, or set XDG_CACHE_HOME to a folder of your own.`)
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

async function isIntact(place: string): Promise<boolean> {
  if (!existsSync(place) || !existsSync(recordOf(place))) return false
  return await digestOf(place) === readFileSync(recordOf(place), 'utf8')
}

/** SHA-256 of a file, or of all files of a folder with their names and whether they can be run. */
async function digestOf(place: string): Promise<string> {
  const hash = createHash('sha256')
  await addTo(hash, place, '')
  return hash.digest('hex')
}

async function addTo(hash: Hash, place: string, name: string): Promise<void> {
  const about = lstatSync(place)
  const kind = about.isSymbolicLink() ? 'link' : about.isDirectory() ? 'folder' : 'file'
  hash.update(JSON.stringify([name, kind, kind === 'file' ? about.size : 0, kind === 'file' ? about.mode & 0o111 : 0]))
  if (kind === 'link') hash.update(readlinkSync(place))
  else if (kind === 'file') for await (const chunk of createReadStream(place, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer)
  else for (const inside of readdirSync(place).sort()) await addTo(hash, join(place, inside), join(name, inside))
}
