import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { electronFolder, installedElectron, officialVersion } from '../../../scripts/runtime/electron-installed.ts'
import { installOfficial } from '../../../scripts/runtime/electron-official.ts'
import { root } from '../../../scripts/runtime/paths.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { zip } from '../../fixtures/zip.ts'

const version = officialVersion()
const archiveName = `electron-v${version}-${process.platform}-${process.arch}.zip`
const program = { linux: 'electron', darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string]!
const archive = zip([
  { name: 'version', content: version },
  { name: program, content: 'program', mode: 0o755 },
])

/** A fresh copy of the electron package, as npm installs it: without a runtime. */
function freshPackage(): string {
  const folder = join(temporaryFolder(), 'electron')
  mkdirSync(folder)
  symlinkSync(join(root, 'node_modules'), join(folder, '..', 'node_modules'))
  for (const file of ['package.json', 'install.js', 'checksums.json']) copyFileSync(join(electronFolder, file), join(folder, file))
  return folder
}

/** A mirror on this machine; returns the environment that leads to it. */
async function mirror(files: Record<string, Buffer | string>): Promise<NodeJS.ProcessEnv> {
  const server = createServer((request, response) => {
    const body = files[request.url!.split('/').at(-1)!]
    response.writeHead(body === undefined ? 404 : 200).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { ...process.env, ELECTRON_MIRROR: `http://127.0.0.1:${port}/`, ELECTRON_CACHE: temporaryFolder() }
}

test('downloads the official runtime from a mirror and finds it installed', async () => {
  const sums = `${createHash('sha256').update(archive).digest('hex')} *${archiveName}\n`
  const env = await mirror({ [archiveName]: archive, 'SHASUMS256.txt': sums })
  const folder = freshPackage()
  expect(await installOfficial(folder, { ...env, electron_use_remote_checksums: '1' })).toBeNull()
  expect(installedElectron(folder)).toMatchObject({ version, source: 'official' })
})

test('refuses a runtime with a wrong checksum and installs nothing', async () => {
  const folder = freshPackage()
  expect(await installOfficial(folder, await mirror({ [archiveName]: archive }))).toMatch(/checksum/i)
  expect(installedElectron(folder)).toBeNull()
})

test('names a mirror without the runtime as the reason', async () => {
  expect(await installOfficial(freshPackage(), await mirror({}))).toMatch(/404/)
})

test('fails within seconds if the connection is refused', async () => {
  const env = { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:9/', ELECTRON_CACHE: temporaryFolder() }
  const began = Date.now()
  expect(await installOfficial(freshPackage(), env)).not.toBeNull()
  expect(Date.now() - began).toBeLessThan(10_000)
})

test('replaces a link to the registry\'s runtime and keeps its target', async () => {
  const folder = freshPackage()
  const cache = temporaryFolder()
  symlinkSync(cache, join(folder, 'dist'))
  const sums = `${createHash('sha256').update(archive).digest('hex')} *${archiveName}\n`
  const env = await mirror({ [archiveName]: archive, 'SHASUMS256.txt': sums })
  await installOfficial(folder, { ...env, electron_use_remote_checksums: '1' })
  expect(existsSync(join(folder, 'dist/version'))).toBe(true)
  expect(existsSync(join(cache, 'version'))).toBe(false)
})
