import type { Configuration, FileSet } from 'electron-builder'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { electronFolder, type InstalledElectron } from '../runtime/electron-installed.ts'
import { removeDefaultApp } from './finish.ts'
import { artifactName, kindOf, manifest, title, type PackageKind } from './names.ts'

const SQLITE = 'better-sqlite3'
const CANVAS = '@napi-rs/canvas'

/** Packages that are shipped unchanged. All others that the application uses are bundled into `out`. */
export const unbundled = [SQLITE, CANVAS]

const applicationFiles = [
  'package.json', 'out/main/**', 'out/preload/**', 'out/renderer/**', 'resources/data/**', 'resources/example/**', 'resources/figure/**', 'resources/font/**', 'resources/presets/**', 'resources/studies/**',
]

function sqlite(kind: PackageKind): FileSet {
  const folder = `node_modules/${SQLITE}`
  // The prebuilt binary crashes the runtime of a development build, which has its own binary.
  const binaries = kind === 'release' ? [`prebuilds/${process.platform}-${process.arch}.node`] : []
  return { from: folder, to: folder, filter: ['package.json', 'LICENSE', 'lib/**', ...binaries] }
}

/** The canvas and its binary, a package of its own for each system, with the list of what is in it. */
function canvas(): FileSet {
  const folder = `node_modules/${dirname(CANVAS)}`
  const binary = `canvas-${process.platform}-${process.arch}*`
  const own = ['canvas/package.json', 'canvas/LICENSE', 'canvas/*.js']
  return { from: folder, to: folder, filter: [...own, `${binary}/package.json`, `${binary}/sbom.cdx.json`, `${binary}/*.node`] }
}

/** Configuration of electron-builder for the current system. */
export function builderConfig(electron: InstalledElectron, outDir: string): Configuration {
  const kind = kindOf(electron)
  return {
    appId: 'org.chalcogen.laboratory',
    copyright: 'Copyright © 2026 Chalcogen contributors',
    directories: { output: outDir, buildResources: 'resources/icons' },
    artifactName: `${artifactName(kind)}.\${ext}`,
    extraMetadata: { author: 'Chalcogen contributors', desktopName: `${manifest.name}.desktop`, buildKind: kind },
    electronVersion: electron.version,
    electronDist: realpathSync(join(electronFolder, 'dist')),
    electronLanguages: ['en-US'],
    files: [...applicationFiles, sqlite(kind), canvas()],
    // Outside the archive, where people can copy it and Python can import it.
    extraResources: [{ from: 'resources/python', to: 'python', filter: ['chalcogen.py'] }],
    asarUnpack: ['**/*.node'],
    // Returns false so that electron-builder neither collects nor rebuilds the dependencies.
    beforeBuild: async () => false,
    afterExtract: removeDefaultApp,
    publish: null,
    toolsets: { appimage: '1.0.3' },
    linux: { executableName: manifest.name, category: 'Science', desktop: { entry: { Name: title(kind) } } },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.education' },
    win: { target: ['nsis', 'zip'] },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
  }
}
