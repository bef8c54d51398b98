import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call, newFolder, open, projectRoot, type Laboratory } from './laboratory.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(1_800_000)

const EPOCHS = 100

const small = { width: 1280, height: 800 }
const sizes = [small, { width: 1920, height: 1080 }]
const themes = ['light', 'dark'] as const
const shown = [
  { preset: 'fp32', seeds: [42, 43, 44] },
  { preset: 'mixed-precision', seeds: [42, 43, 44] },
  { preset: 'accumulator', seeds: [42] },
]
/** In the README, light and small. */
const inReadme = new Set(['design', 'run', 'library', 'compare', 'settings'])

const presetFile = (name: string) => join(projectRoot, `resources/presets/pattern-generation/${name}.json`)

/** Real runs of the shipped presets, only shorter. */
async function makeRuns({ page }: Laboratory): Promise<string[]> {
  for (const { preset, seeds } of shown) {
    const { spec } = JSON.parse(await readFile(presetFile(preset), 'utf8')) as { spec: object }
    for (const seed of seeds) {
      const shorter = { ...spec, preset: `pattern-generation/${preset}`, seed, training: { epochs: EPOCHS } }
      expect(await call(page, 'runs.start', { spec: shorter })).toMatchObject({ ok: true, value: { ok: true } })
    }
  }
  const list = async () => (await call(page, 'runs.list', {}) as { value: { runId: string; status: string }[] }).value
  await expect.poll(async () => new Set((await list()).map(({ status }) => status)), { timeout: 1_500_000 }).toEqual(new Set(['done']))
  return (await list()).map(({ runId }) => runId)
}

const screens: Record<string, (lab: Laboratory, runIds: string[]) => Promise<void>> = {
  async library({ at }) { await at('rail-library').click() },
  async design({ at }) {
    await at('rail-design').click()
    await at('preset-pattern-generation/mixed-precision').click()
    await at('field-network.recurrentNeurons').fill('200')
  },
  async 'design-error'({ at }) {
    await at('rail-design').click()
    await at('field-training.epochs').fill('0')
  },
  async run({ at }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds[1]}`).dblclick()
  },
  async 'run-fp32'({ at }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds.at(-1)}`).dblclick()
  },
  async 'run-table'({ at }) { await at('chart-loss-table').click() },
  async compare({ at }, runIds) {
    await at('rail-library').click()
    for (const runId of runIds) await at(`tick-${runId}`).check()
    await at('compare-open').click()
  },
  async settings({ at, page }) {
    await at('rail-settings').click()
    // A reader's library does not lie in a temporary folder.
    await page.getByText(/library\.chalcogen$/).evaluate((element) => { element.textContent = '~/.local/share/chalcogen/library.chalcogen' })
  },
  async palette({ page }) { await page.keyboard.press('Control+k') },
}

async function capture({ page }: Laboratory, path: string): Promise<void> {
  // Away from everything that a pointer would light up.
  await page.mouse.move(640, 2)
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(projectRoot, path) })
}

test('every screen, in every size and theme', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-library').click()
  await capture(lab, 'test-results/screenshots/library-empty.png')
  const runIds = await makeRuns(lab)
  for (const size of sizes) {
    await lab.application.evaluate(({ BrowserWindow }, { width, height }) =>
      BrowserWindow.getAllWindows()[0].setContentSize(width, height), size)
    await expect.poll(() => lab.page.evaluate(() => ({ width: innerWidth, height: innerHeight }))).toEqual(size)
    for (const theme of themes) {
      await lab.at('rail-settings').click()
      await lab.at('theme').getByText(theme, { exact: false }).click()
      for (const [screen, show] of Object.entries(screens)) {
        await show(lab, runIds)
        await capture(lab, `test-results/screenshots/${screen}-${theme}-${size.width}x${size.height}.png`)
        if (inReadme.has(screen) && theme === 'light' && size === small) {
          await capture(lab, `resources/screenshots/${screen}.png`)
        }
        await lab.page.keyboard.press('Escape')
      }
    }
  }
  await lab.close()
})
