import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDeb } from '../../scripts/package/deb/deb.ts'
import { artifactName, kindOf, manifest } from '../../scripts/package/names.ts'
import { packFolder } from '../../scripts/package/pack.ts'
import { missingPrograms } from '../../scripts/runtime/system-needs.ts'
import { expectedOf, readRows, rowsOfPage } from './checklist.ts'
import { newFolder } from './laboratory.ts'
import { electron, openPacked, openPackedAtHome, packedToItsEnd, program } from './packed.ts'

test.skip(process.platform !== 'linux', 'packages of other systems are built and tested there')

const kind = kindOf(electron)
let outDir: string
let packed: string

test.beforeAll(async () => {
  outDir = await newFolder()
  packed = await packFolder(electron, outDir)
})
test.afterAll(() => rm(outDir, { recursive: true, force: true }))

test('a packed application runs a shipped preset and closes', async () => {
  const lab = await openPacked(packed, await newFolder())
  const { at, page } = lab
  expect(await page.evaluate(() => location.origin)).toBe('chalcogen://app')
  await at('rail-design').click()
  await at('preset-pattern-generation/mixed-precision').click()
  await at('field-training.epochs').fill('5')
  await at('start').click()
  await expect(at('run-status')).toContainText('finished', { timeout: 60_000 })
  await expect(at('run-loss')).toHaveAttribute('data-value', /^0\.\d+$/)
  const { code, output } = await lab.close()
  expect(code).toBe(0)
  expect(output.includes('This is a development build')).toBe(kind === 'development')
})

test('the first start of a packed application finds the example', async () => {
  const lab = await openPackedAtHome(packed, await newFolder())
  await expect(lab.at('tour-offer')).toBeVisible()
  await lab.page.getByText('Example: on PCM').first().dblclick()
  await expect(lab.at('run-status')).toHaveText('finished')
  await lab.close()
})

test('fault 40: every row of the checklist that a page can read, in the package', async () => {
  const lab = await openPacked(packed, await newFolder())
  expect(await readRows(rowsOfPage, lab.page)).toEqual(expectedOf(rowsOfPage))
  await lab.close()
})

test('fault 40: the packed binary has exactly these fuses', async () => {
  const { version, ...wire } = await getCurrentFuseWire(program(packed))
  expect(version).toBe('1')
  // Not present in every packed runtime, and left at Electron's default.
  delete wire[FuseV1Options.WasmTrapHandlers]
  expect(wire).toEqual({
    [FuseV1Options.RunAsNode]: FuseState.DISABLE,
    [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: FuseState.DISABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
  })
})

test('fault 40: a packed application does not run as Node, take Node options or accept a debugger', async () => {
  const folder = await newFolder()
  const trace = join(folder, 'trace')
  const script = join(folder, 'script.cjs')
  await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`)
  const lab = await openPacked(packed, folder)
  const starts: [string[], Record<string, string>][] = [
    [[script], { ELECTRON_RUN_AS_NODE: '1' }],
    [[], { NODE_OPTIONS: `--require=${script}` }],
    [['--inspect=0'], {}],
    [['--inspect-brk=0'], {}],
  ]
  // While a first instance is running, any further instance of the application exits immediately.
  for (const [words, env] of starts) {
    const { code, output } = await packedToItsEnd(packed, folder, words, env)
    expect(code).toBe(0)
    expect(output).not.toMatch(/NODE_OPTIONS?|Debugger listening/i)
    expect(existsSync(trace)).toBe(false)
  }
  await lab.close()
})

test('a package contains the required files and nothing else', async () => {
  const archive = await filesInArchive(join(packed, 'resources/app.asar'))
  const folders = archive.map((path) => path.replace(/^((?:node_modules|resources|out)\/[^/]+|[^/]+).*/, '$1'))
  expect([...new Set(folders)].sort()).toEqual([
    'node_modules/@napi-rs', 'node_modules/better-sqlite3', 'out/main', 'out/preload', 'out/renderer', 'package.json',
    'resources/data', 'resources/example', 'resources/figure', 'resources/font', 'resources/presets', 'resources/studies',
  ])
  expect(archive.filter((path) => /\.(ts|vue|map|c|cpp|h)$/.test(path))).toEqual([])
  expect(archive.filter((path) => path.endsWith('.wasm'))).toHaveLength(1)
  expect(archive.filter((path) => path.endsWith('.node'))).toHaveLength(kind === 'release' ? 2 : 1)
  expect(existsSync(join(packed, 'resources/DEVELOPMENT-BUILD.txt'))).toBe(kind === 'development')
  expect(existsSync(join(packed, 'resources/default_app.asar'))).toBe(false)
  expect(readdirSync(join(packed, 'resources/python'))).toEqual(['chalcogen.py'])
  const [own, others] = await Promise.all(['LICENSE', 'THIRD-PARTY-LICENSES'].map((name) => read(`resources/${name}.txt`)))
  expect(own).toContain('Chalcogen contributors')
  expect(others).toMatch(/^vue 3[^]*^zrender /m)
})

test('the .deb installs all files in place and describes the package', async () => {
  test.skip(missingPrograms(['dpkg-deb']).length > 0, 'dpkg-deb is not installed')
  const deb = await makeDeb(packed, outDir, kind, ['-Znone'])
  expect(deb).toBe(join(outDir, `${artifactName(kind)}.deb`))
  const dpkg = (...words: string[]) => execFileSync('dpkg-deb', words, { encoding: 'utf8' })
  const field = (name: string) => dpkg('--field', deb, name).trim()
  expect(field('Package')).toBe('chalcogen')
  expect(field('Version')).toBe(kind === 'release' ? manifest.version : `${manifest.version}~development`)
  expect(field('Description').includes('development build')).toBe(kind === 'development')
  expect(field('Depends')).toMatch(/\blibgtk-3-0\b.*\blibnss3\b/)
  expect(dpkg('--info', deb, 'postinst')).toContain('chmod 4755')

  const listed = dpkg('--contents', deb).trim().split('\n').map((line) => line.split(/\s+/))
  const modes = Object.fromEntries(listed.map(([mode, owner, , , , path]) => [path, `${mode} ${owner}`]))
  expect(modes).toMatchObject({
    './': 'drwxr-xr-x root/root',
    './opt/chalcogen/chalcogen': '-rwxr-xr-x root/root',
    './opt/chalcogen/chrome-sandbox': '-rwxr-xr-x root/root',
    './opt/chalcogen/resources/app.asar': '-rw-r--r-- root/root',
    './opt/chalcogen/resources/python/chalcogen.py': '-rw-r--r-- root/root',
    './usr/share/applications/chalcogen.desktop': '-rw-r--r-- root/root',
    './usr/share/doc/chalcogen/copyright': '-rw-r--r-- root/root',
    './usr/share/icons/hicolor/512x512/apps/chalcogen.png': '-rw-r--r-- root/root',
    './usr/share/icons/hicolor/scalable/apps/chalcogen.svg': '-rw-r--r-- root/root',
  })
  expect(listed).toContainEqual(expect.arrayContaining(['./usr/bin/chalcogen', '->', '../../opt/chalcogen/chalcogen']))
  expect(Object.keys(modes).filter((path) => !/^\.\/((opt|usr)\/.*)?$/.test(path))).toEqual([])
})

const read = (path: string) => readFile(join(packed, path), 'utf8')

interface Entry {
  files?: Record<string, Entry>
}

/** Paths in an asar archive. It starts with a JSON tree of the files, whose length is the fourth number. */
async function filesInArchive(file: string): Promise<string[]> {
  const bytes = await readFile(file)
  const tree = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry
  const walk = ({ files }: Entry, path: string): string[] =>
    files ? Object.entries(files).flatMap(([name, entry]) => walk(entry, path ? `${path}/${name}` : name)) : [path]
  return walk(tree, '')
}
