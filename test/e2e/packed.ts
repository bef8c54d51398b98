import { chromium, expect, type Locator, type Page } from '@playwright/test'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { installedElectron } from '../../scripts/runtime/electron-installed.ts'
import { sandboxObstacle } from '../../scripts/runtime/sandbox.ts'
import { environment, wordsFor } from './laboratory.ts'

/** Electron runtime that the tests pack; all tests run on it. */
export const electron = installedElectron()!

export const program = (packed: string) => join(packed, 'chalcogen')

export interface Ended {
  code: number | null
  output: string
}

/** A packed application, started like a user does, since its fuses block Playwright's own launcher. */
export interface Packed {
  page: Page
  /** Element with this `data-test` mark. */
  at(name: string): Locator
  close(): Promise<Ended>
}

export const openPacked = (packed: string, folder: string): Promise<Packed> =>
  opened(start(packed, folder, ['--remote-debugging-port=0', ...placesIn(folder)]))

/** First start of a new user, with the library at its default place below `home`. */
export const openPackedAtHome = (packed: string, home: string): Promise<Packed> => opened(start(
  packed, home, ['--remote-debugging-port=0', `--user-data-dir=${join(home, 'settings')}`],
  { HOME: home, XDG_DATA_HOME: join(home, 'data') },
))

async function opened({ child, output }: Started): Promise<Packed> {
  const ended = once(child, 'close')
  const page = await attach(output)
  const at = (name: string) => page.locator(`[data-test="${name}"]`)
  await expect(at('rail-library')).toBeVisible()
  return {
    page,
    at,
    async close() {
      // Not closed through the driver, because this Electron sometimes crashes on exit if it is.
      await page.context().browser()!.close()
      child.kill('SIGTERM')
      await ended
      return { code: child.exitCode, output: output() }
    },
  }
}

/** Page of the window, once Chromium has printed its debugging address. */
async function attach(output: () => string): Promise<Page> {
  const listening = /^DevTools listening on ws:\/\/(\S+?)\//m
  await expect.poll(output).toMatch(listening)
  const address = `http://${listening.exec(output())![1]}`
  // A driver that connects while the first page replaces the empty one waits forever.
  const titles = async () => (await (await fetch(`${address}/json/list`)).json() as { title: string }[]).map(({ title }) => title)
  await expect.poll(titles).toEqual(['Chalcogen'])
  const browser = await chromium.connectOverCDP(address)
  return browser.contexts()[0]!.pages()[0]!
}

/** Starts the application and waits until it exits, for starts that should exit immediately. */
export async function packedToItsEnd(
  packed: string, folder: string, words: string[], env: Record<string, string>,
): Promise<Ended> {
  const { child, output } = start(packed, folder, [...words, ...placesIn(folder)], env)
  await once(child, 'close')
  return { code: child.exitCode, output: output() }
}

const placesIn = (folder: string) => wordsFor(folder).slice(1)

type Started = ReturnType<typeof start>

function start(packed: string, folder: string, words: string[], env: Record<string, string> = {}) {
  const sandbox = sandboxObstacle() === null ? [] : ['--no-sandbox']
  const child: ChildProcess = spawn(program(packed), [...words, ...sandbox], {
    cwd: folder, env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Do not leave the process running if a test fails.
  const kill = () => child.kill()
  process.once('exit', kill)
  child.once('close', () => process.off('exit', kill))
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => { text += chunk })
  return { child, output: () => text }
}
