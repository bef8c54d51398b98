import { libraryPackages } from '../../runtime/debian-packages.ts'
import { manifest, title, type PackageKind } from '../names.ts'

/** Debian's names of the processors that Node tells apart otherwise. */
const architectures: Record<string, string> = { x64: 'amd64' }

/** Called …t64 since 2024, when their time became 64 bits wide. */
const renamed = new Set([
  'libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libcups2', 'libglib2.0-0', 'libgtk-3-0',
])

const dependencies = [...new Set(Object.values(libraryPackages)), 'libc6', 'libgcc-s1', 'libstdc++6']
  .map((name) => (renamed.has(name) ? `${name}t64 | ${name}` : name))
  .sort()

/** @param kilobytes what the package takes on the disk */
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

/** A development build counts as older than the release of its version, which then takes its place. */
const debianVersion = (kind: PackageKind) => (kind === 'development' ? `${manifest.version}~development` : manifest.version)

function about(kind: PackageKind): string[] {
  const general = [
    'Design an experiment, run it, watch it, keep it in one file, compare it with',
    'every run before it, and take figures and data to a paper.',
  ]
  const warning = ['.', 'This is a development build, on an old runtime that serves for tests only. Do not', 'release it.']
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
