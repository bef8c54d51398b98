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

/** The registry's runtime is old and repackaged: what is made with it is never released. */
export const kindOf = ({ source }: InstalledElectron): PackageKind => (source === 'official' ? 'release' : 'development')

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'win' }

/** What a package's file or folder is called, without its ending. */
export function artifactName(kind: PackageKind): string {
  const { platform, arch } = process
  const suffix = kind === 'development' ? '-development' : ''
  return `${manifest.name}-${manifest.version}-${systems[platform] ?? platform}-${arch}${suffix}`
}

/** What menus show. */
export const title = (kind: PackageKind) =>
  (kind === 'development' ? `${manifest.productName} (development build)` : manifest.productName)
