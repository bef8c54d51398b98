import { libraryPackages } from '../../runtime/debian-packages.ts'
import { manifest, title, type PackageKind } from '../names.ts'

/** Debian's names of processor architectures that differ from Node's. */
const architectures: Record<string, string> = { x64: 'amd64' }

/** Packages whose names end in t64 since 2024, when their time type became 64 bits wide. */
const renamed = new Set([
  'libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libcups2', 'libglib2.0-0', 'libgtk-3-0',
])

const dependencies = [...new Set(Object.values(libraryPackages)), 'libc6', 'libgcc-s1', 'libstdc++6']
  .map((name) => (renamed.has(name) ? `${name}t64 | ${name}` : name))
  .sort()

/** Control file of the Debian package. @param kilobytes installed size */
export const control = (kind: PackageKind, kilobytes: number, arch: string = process.arch) => `\
Package: ${manifest.name}
Version: ${debianVersion(kind)}
Architecture: ${architectures[arch] ?? arch}
Maintainer: Chalcogen contributors
Section: science
Priority: optional
Installed-Size: ${kilobytes}
Depends: ${dependencies.join(', ')}
Recommends: xdg-utils
Description: ${manifest.description}
${about(kind).map((line) => ` ${line}\n`).join('')}`

/** A development build counts as older than the release of the same version, so the release replaces it. */
const debianVersion = (kind: PackageKind) => (kind === 'development' ? `${manifest.version}~development` : manifest.version)

function about(kind: PackageKind): string[] {
  const general = [
    'Design experiments, run them and watch them. Keep all runs in one file, compare',
    'them, and export figures and data for a paper.',
  ]
  const warning = ['.', 'This is a development build on an old runtime that is only for tests. Do not', 'release it.']
  return kind === 'development' ? [...general, ...warning] : general
}

export const desktopEntry = (kind: PackageKind) => `\
[Desktop Entry]
Type=Application
Name=${title(kind)}
Comment=${manifest.description}
Exec=${manifest.name}
Icon=${manifest.name}
Terminal=false
Categories=Science;Education;
StartupWMClass=${manifest.productName}
`
