import { build, DIR_TARGET, Platform } from 'electron-builder'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { InstalledElectron } from '../runtime/electron-installed.ts'
import { root } from '../runtime/paths.ts'
import { builderConfig, unbundled } from './config.ts'
import { externalPackages } from './externals.ts'
import { finish } from './finish.ts'
import { artifactName, kindOf } from './names.ts'

interface Packed {
  /** Folder of the unpacked application. */
  folder: string
  /** Package files created from it. */
  files: string[]
}

/** Combines the built application with the runtime and creates the packages for this system. */
export const packForSystem = (electron: InstalledElectron, outDir: string) => pack(electron, outDir, [])

/** Combines the built application with the runtime, without creating packages. Returns the folder, named after the artifact. */
export async function packFolder(electron: InstalledElectron, outDir: string): Promise<string> {
  const { folder } = await pack(electron, outDir, [DIR_TARGET])
  const place = join(outDir, artifactName(kindOf(electron)))
  rmSync(place, { recursive: true, force: true })
  renameSync(folder, place)
  return place
}

/** Runs electron-builder. @param targets package formats; if empty, those of the configuration */
async function pack(electron: InstalledElectron, outDir: string, targets: string[]): Promise<Packed> {
  refuseMissing()
  let folder = ''
  const files = await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets),
    publish: 'never',
    config: {
      ...builderConfig(electron, outDir),
      async afterPack(context) {
        await finish(context, electron)
        folder = context.appOutDir
      },
    },
  })
  // Only needed to debug electron-builder.
  rmSync(join(outDir, 'builder-debug.yml'), { force: true })
  return { folder, files }
}

function refuseMissing(): void {
  const missing = externalPackages(join(root, 'out/main')).filter((name) => !unbundled.includes(name))
  if (missing.length === 0) return
  throw new Error(
    `The built application imports modules that the package does not contain: ${missing.join(', ')}. `
    + 'Bundle them (externalizeDeps in electron.vite.config.ts) or add them to scripts/package/config.ts.',
  )
}
