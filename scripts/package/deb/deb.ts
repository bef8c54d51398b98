import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../runtime/paths.ts'
import { artifactName, manifest, type PackageKind } from '../names.ts'
import { control, desktopEntry } from './texts.ts'

const execute = promisify(execFile)

/** The best compression would save 10 % but take five times as long. */
const COMPRESSION = ['-Zxz', '-z1']

const icons = join(root, 'resources/icons')

/**
 * Creates a Debian package from an unpacked application. Needs only dpkg-deb.
 * @param compression arguments of dpkg-deb
 */
export async function makeDeb(folder: string, outDir: string, kind: PackageKind, compression = COMPRESSION): Promise<string> {
  const tree = mkdtempSync(join(outDir, '.deb-'))
  try {
    writeTree(tree, folder, kind)
    normaliseModes(tree)
    const file = join(outDir, `${artifactName(kind)}.deb`)
    await execute('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, file])
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

function writeTree(tree: string, folder: string, kind: PackageKind): void {
  const { name } = manifest
  const place = (path: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    return join(tree, path)
  }
  cpSync(folder, place(`opt/${name}`), { recursive: true })
  symlinkSync(`../../opt/${name}/${name}`, place(`usr/bin/${name}`))
  writeFileSync(place(`usr/share/applications/${name}.desktop`), desktopEntry(kind))
  cpSync(join(icons, 'icon.png'), place(`usr/share/icons/hicolor/512x512/apps/${name}.png`))
  cpSync(join(icons, 'icon.svg'), place(`usr/share/icons/hicolor/scalable/apps/${name}.svg`))
  cpSync(join(root, 'LICENSE'), place(`usr/share/doc/${name}/copyright`))
  const kilobytes = Math.ceil(sizeOf(tree) / 1024)
  writeFileSync(place('DEBIAN/control'), control(kind, kilobytes))
  writeFileSync(place('DEBIAN/postinst'), readFileSync(join(import.meta.dirname, 'postinst')), { mode: 0o755 })
}

/** Sets file modes that do not depend on the umask of whoever builds the package. */
function normaliseModes(tree: string): void {
  chmodSync(tree, 0o755)
  for (const entry of entriesOf(tree)) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

const sizeOf = (tree: string) => entriesOf(tree)
  .filter((entry) => entry.isFile())
  .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)

const entriesOf = (tree: string) => readdirSync(tree, { recursive: true, withFileTypes: true })
