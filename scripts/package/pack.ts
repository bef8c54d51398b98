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
  /** The application, unpacked. */
  folder: string
  /** What was made of it. */
  files: string[]
}

/** Puts the built application and the runtime together and makes whatever this system installs from. */
export const packForSystem = (electron: InstalledElectron, outDir: string) => pack(electron, outDir, [])

/** Puts them together only; answers the folder, whose name says what it is. */
export async function packFolder(electron: InstalledElectron, outDir: string): Promise<string> {
  const { folder } = await pack(electron, outDir, [DIR_TARGET])
  const place = join(outDir, artifactName(kindOf(electron)))
  rmSync(place, { recursive: true, force: true })
  renameSync(folder, place)
  return place
}

/** @param targets the configuration's where there are none */
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
  // Only for those who seek a fault in electron-builder.
  rmSync(join(outDir, 'builder-debug.yml'), { force: true })
  return { folder, files }
}

function refuseMissing(): void {
  const missing = externalPackages(join(root, 'out/main')).filter((name) => !unbundled.includes(name))
  if (missing.length === 0) return
  throw new Error(
    `Imported by the built application and not in the package: ${missing.join(', ')}. `
    + 'Bundle them (externalizeDeps in electron.vite.config.ts) or add them to scripts/package/config.ts.',
  )
}
