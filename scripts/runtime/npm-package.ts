import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface PinnedPackage {
  /** name@version */
  id: string
  /** SHA-512 of the tarball, base64 */
  sha512: string
}

/** Downloads a package's tarball from the configured npm registry into a folder and verifies its checksum. Returns its path. */
export async function fetchPackage({ id, sha512 }: PinnedPackage, folder: string): Promise<string> {
  const args = ['pack', id, '--json', '--pack-destination', folder]
  const { stdout } = await execute('npm', args, { cwd: folder, maxBuffer: 1 << 26 })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  const tarball = join(folder, filename)
  await verify(tarball, sha512)
  return tarball
}

/** Verifies the SHA-512 (base64) of a file. @throws Error if it differs */
export async function verify(file: string, sha512: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = hash.digest('base64')
  if (found !== sha512) throw new Error(`${file} does not match its pinned checksum: expected SHA-512 ${sha512}, found ${found}`)
}
