// npm run package: creates installable packages of the application for this system, in dist.
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { makeAppImage } from './package/appimage.ts'
import { makeDeb } from './package/deb/deb.ts'
import { kindOf } from './package/names.ts'
import { packFolder, packForSystem } from './package/pack.ts'
import { electronToPack } from './package/runtime.ts'
import type { InstalledElectron } from './runtime/electron-installed.ts'
import { root } from './runtime/paths.ts'
import { build, main } from './runtime/run.ts'
import { missingPrograms } from './runtime/system-needs.ts'

const dist = join(root, 'dist')

async function forLinux(electron: InstalledElectron): Promise<string[]> {
  const folder = await packFolder(electron, dist)
  const files = await Promise.all([deb(folder, electron), makeAppImage(folder, electron, dist)])
  return [folder, ...files.filter((file) => file !== null)]
}

async function deb(folder: string, electron: InstalledElectron): Promise<string | null> {
  if (missingPrograms(['dpkg-deb']).length === 0) return makeDeb(folder, dist, kindOf(electron))
  console.log('Skipped the .deb because dpkg-deb is not installed.')
  return null
}

async function forOthers(electron: InstalledElectron): Promise<string[]> {
  const { folder, files } = await packForSystem(electron, dist)
  return [folder, ...files]
}

function describe(path: string): string {
  const stats = statSync(path)
  const size = stats.isDirectory() ? '' : ` (${(stats.size / 1e6).toFixed(0)} MB)`
  return `  ${relative(root, path)}${size}`
}

await main(async () => {
  const electron = await electronToPack()
  const built = await build()
  if (built !== 0) return built
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  const made = await (process.platform === 'linux' ? forLinux : forOthers)(electron)
  console.log(['Created:', ...made.map(describe)].join('\n'))
  if (kindOf(electron) === 'development') {
    console.log(`This is a development build with Electron ${electron.version} from the npm registry. Do not release it.`)
  }
  return 0
})
