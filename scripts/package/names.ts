import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildKind } from '../../src-main/desktop/build-kind.ts'
import type { InstalledElectron } from '../runtime/electron-installed.ts'
import { root } from '../runtime/paths.ts'

export type PackageKind = Exclude<BuildKind, 'source'>

interface Manifest {
  name: string
  productName: string
  version: string
  description: string
  dependencies: Record<string, string>
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

/** Packages made with the registry's runtime are development builds, because it is old and repackaged. Never release them. */
export const kindOf = ({ source }: InstalledElectron): PackageKind => (source === 'official' ? 'release' : 'development')

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'win' }

/** Name of a package's file or folder, without its extension. */
export function artifactName(kind: PackageKind): string {
  const { platform, arch } = process
  const suffix = kind === 'development' ? '-development' : ''
  return `${manifest.name}-${manifest.version}-${systems[platform] ?? platform}-${arch}${suffix}`
}

/** Name of the application in menus. */
export const title = (kind: PackageKind) =>
  (kind === 'development' ? `${manifest.productName} (development build)` : manifest.productName)
