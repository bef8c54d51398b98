import { _electron, expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { displayOf } from '../../scripts/runtime/display.ts'
import type { Answer } from '../../src-main/contract/contract.ts'
import { texts } from '../../src-main/contract/texts.ts'

export const projectRoot = resolve(import.meta.dirname, '../..')

/** The application, its window, and the words by which tests find things in it. */
export interface Laboratory {
  application: ElectronApplication
  page: Page
  /** The element with that `data-test`. */
  at(name: string): Locator
  /** Errors of the page and what its policy blocked, so far. */
  complaints: string[]
  close(): Promise<void>
}

/** A folder of its own for one test's library, settings and exports. */
export const newFolder = () => mkdtemp(join(tmpdir(), 'chalcogen-'))

export const libraryIn = (folder: string) => join(folder, 'library.chalcogen')

/** Command line words that keep everything of the application inside `folder`. */
export const wordsFor = (folder: string) => [
  projectRoot,
  `--user-data-dir=${join(folder, 'settings')}`,
  `--library=${libraryIn(folder)}`,
]

/** The environment of an application that a test starts, with the display of this worker. */
export function environment(): Record<string, string> {
  const names = ['ELECTRON_RENDERER_URL', 'ELECTRON_RUN_AS_NODE', 'CHALCOGEN_LIBRARY']
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name))) as Record<string, string>
  return { ...kept, CHALCOGEN_LOGS: join(projectRoot, 'test-results/logs'), ...displayOf(Number(process.env.TEST_PARALLEL_INDEX)) }
}

/** Starts the built application on `folder`; the same folder again is the same library and settings. */
export async function open(folder: string, env: Record<string, string> = {}): Promise<Laboratory> {
  const recorder = join(import.meta.dirname, 'fixtures/answer-dialogs.cjs')
  // Without a GPU, Chromium draws in software twice over; this leaves out one of the two.
  const args = ['--disable-gpu', '-r', recorder, ...wordsFor(folder)]
  const application = await _electron.launch({ args, cwd: folder, env: { ...environment(), ...env } })
  const page = await application.firstWindow()
  const complaints = listenToComplaints(page)
  const at = (name: string) => page.locator(`[data-test="${name}"]`)
  await expect(at('rail-library')).toBeVisible()
  return { application, page, at, complaints, close: () => application.close() }
}

/** Loads the window again as at its first start, for tests that share an application. What was saved in the library stays. */
export async function freshPage({ page, at, complaints }: Laboratory): Promise<void> {
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await expect(at('rail-library')).toBeVisible()
  complaints.length = 0
}

/** What the table of the Library shows, as the window keeps it. */
export const tableOf = ({ page }: Laboratory, change: { replicates?: boolean; groupBy?: string[] }) => page.evaluate((change) => {
  const { __vue_app__: app } = document.querySelector('#app') as Element & { __vue_app__: { config: { globalProperties: Vue } } }
  interface Vue { $pinia: { _s: Map<string, object> } }
  Object.assign(app.config.globalProperties.$pinia._s.get('table')!, change)
}, change)

/** Makes a row of each run, also of replicates, which are one row by default. */
export const showEachRun = (lab: Laboratory) => tableOf(lab, { replicates: false })

function listenToComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  // Chromium reports what a content policy blocks as an error on the console.
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
  return complaints
}

/** A call over the bridge, as the page makes it; what crosses as text is read back. */
export async function call(page: Page, name: unknown, input: unknown): Promise<Answer> {
  const answer = await page.evaluate(([name, input]) => window.chalcogen.call(name as string, input), [name, input])
  if (!('text' in answer)) return answer
  return { ok: true, value: texts[name as keyof typeof texts].decode(answer.text) }
}

/** Lets the application delete what it asks for. */
export const answerDeletions = ({ application }: Laboratory) => application.evaluate(({ dialog }) => {
  dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
})
