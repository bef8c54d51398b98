import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { apt, type AptResult, isLocked } from '../../../scripts/runtime/apt.ts'
import { hasConsent } from '../../../scripts/runtime/consent.ts'
import { missingPrograms, notFound } from '../../../scripts/runtime/system-needs.ts'
import { descendsFromDebian, installArguments, packagesFor } from '../../../scripts/runtime/system-packages.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const none = () => false

test('reads each library that ldd does not find once', () => {
  const listing = `
\tlinux-vdso.so.1 (0x00007ffd)
\tlibgtk-3.so.0 => not found
\tlibnss3.so => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f00)
\tlibgtk-3.so.0 => not found
`
  expect(notFound(listing)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
})

test('turns missing libraries and programs into a list of packages without duplicates', () => {
  const { packages, unknown } = packagesFor(['libgtk-3.so.0', 'libnss3.so', 'libsmime3.so', 'Xvfb', 'g++'], none)
  expect(packages).toEqual(['libgtk-3-0', 'libnss3', 'xvfb', 'g++'])
  expect(unknown).toEqual([])
})

test('installs a package by its newer name if the system knows that name', () => {
  const isKnown = (name: string) => name === 'libasound2t64'
  expect(packagesFor(['libasound.so.2', 'libgbm.so.1'], isKnown).packages).toEqual(['libasound2t64', 'libgbm1'])
})

test('reports a library without a known package', () => {
  expect(packagesFor(['libnovel.so.7'], none)).toEqual({ packages: [], unknown: ['libnovel.so.7'] })
})

test('installs exactly the given packages, without asking', () => {
  expect(installArguments(['xvfb', 'xauth'])).toEqual(['install', '-y', '--no-install-recommends', 'xvfb', 'xauth'])
})

test.each([
  ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', true],
  ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
  ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['Fedora', 'ID=fedora\nHOME_URL="https://debian.org"\n', false],
])('decides from the release file whether %s descends from Debian', (_name, release, expected) => {
  expect(descendsFromDebian(release)).toBe(expected)
})

test('a program counts as installed only if it is executable', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'runs'), '')
  chmodSync(join(folder, 'runs'), 0o755)
  writeFileSync(join(folder, 'text'), '', { mode: 0o644 })
  expect(missingPrograms(['runs', 'text', 'absent'], ['/nowhere', folder].join(delimiter))).toEqual(['text', 'absent'])
})

const locked: AptResult = {
  status: 100,
  stderr: 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)\n'
    + 'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\n',
}
const failed: AptResult = { status: 100, stderr: 'E: Unable to locate package libnovel7\n' }

test.each([
  ['the lock of dpkg', locked, true],
  ['the lock of the lists', { status: 100, stderr: 'E: Could not get lock /var/lib/apt/lists/lock - open (11: Resource temporarily unavailable)' }, true],
  ['the lists that cannot be locked', { status: 100, stderr: 'E: Unable to lock directory /var/lib/apt/lists/' }, true],
  ['a user who is not root', { status: 100, stderr: 'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?' }, false],
  ['an unknown package', failed, false],
  ['success with a warning', { status: 0, stderr: 'W: Could not get lock' }, false],
])('tells whether apt is locked from %s', (_, result, expected) => {
  expect(isLocked(result)).toBe(expected)
})

test('waits while another program uses apt, and says once who does', async () => {
  const results = [locked, locked, { status: 0, stderr: '' }]
  const said: string[] = []
  const calls: string[][] = []
  const run = async (args: string[]) => {
    calls.push(args)
    return results[calls.length - 1]!
  }
  await apt(['install', 'xvfb'], { run, say: (message) => said.push(message), retryMs: 1 })
  expect(calls).toEqual(Array.from({ length: 3 }, () => ['install', 'xvfb']))
  expect(said).toEqual(['Another program uses apt. Waiting until it is done (at most 10 min). It is process 812 (unattended-upgr).'])
})

test('gives up with the message of apt, at once or after its patience', async () => {
  const options = { say: () => {}, retryMs: 1 }
  await expect(apt(['install', 'x'], { ...options, run: async () => failed })).rejects.toThrow('Unable to locate package')
  await expect(apt(['update'], { ...options, patience: 20, run: async () => locked })).rejects.toThrow('Could not get lock')
})

test('packages are installed as root only with consent', async () => {
  const nobody = { env: {}, saidYes: false, ask: null }
  expect(await hasConsent('Install?', nobody)).toBe(false)
  for (const env of [{ CI: '1' }, { npm_config_yes: 'true' }]) expect(await hasConsent('Install?', { ...nobody, env })).toBe(true)
  expect(await hasConsent('Install?', { ...nobody, saidYes: true })).toBe(true)
  const asked: string[] = []
  const answering = (answer: string) => ({ ...nobody, ask: async (question: string) => { asked.push(question); return answer } })
  expect(await Promise.all(['y', ' YES\n', '', 'n', 'yesterday'].map((answer) => hasConsent('Install?', answering(answer))))).toEqual([true, true, false, false, false])
  expect(asked[0]).toBe('Install? [y/N] ')
})
