import { expect, test } from '@playwright/test'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerDeletions, call, type Laboratory, newFolder, open } from './laboratory.ts'

test.setTimeout(240_000)

const spec = {
  name: 'Tide', seed: 3, scheme: { kind: 'fp32' },
  task: { kind: 'sinusoids', patterns: 1, steps: 60 }, network: { recurrentNeurons: 20 }, training: { epochs: 4 },
}

async function finishedRun({ page }: Laboratory): Promise<string> {
  const { value } = await call(page, 'runs.start', { spec }) as { value: { runId: string } }
  const status = async () => {
    const answer = await call(page, 'runs.get', { runId: value.runId }) as { value: { summary: { status: string } } }
    return answer.value.summary.status
  }
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
  return value.runId
}

/** Answer the next dialogs with this folder and the suggested name. */
const answerDialogs = ({ application }: Laboratory, folder: string) =>
  application.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = (async (_window: unknown, { defaultPath }: { defaultPath: string }) =>
      ({ canceled: false, filePath: `${folder}/${defaultPath.split(/[\\/]/).at(-1)}` })) as unknown as typeof dialog.showSaveDialog
  }, folder)

/** The page as SVG. */
const pageOf = async ({ at }: Laboratory) => decodeURIComponent(await at('figure-page').getAttribute('src') ?? '')

test('composes, keeps and exports a figure of a run', async () => {
  const folder = await newFolder()
  const exports = join(folder, 'exports')
  await mkdir(exports)
  let lab = await open(folder)
  const runId = await finishedRun(lab)

  await test.step('from a chart by its key', async () => {
    const { at, page } = lab
    await at('rail-library').click()
    await at(`run-row-${runId}`).dblclick()
    await at('chart-loss').focus()
    await expect(at('chart-loss-figure')).toBeEnabled()
    await page.keyboard.press('k')
    await expect(at('figure-page')).toBeVisible()
    await expect(at('figure-name')).toHaveValue('Loss, Tide-seed-3')
    await expect(at('figure-size')).toContainText('120 ×')
    await expect(at('figure-changed')).toBeVisible()
  })

  await test.step('width and name of a series change the preview, invalid values are not drawn', async () => {
    const { at, page } = lab
    await at('figure-preset').click()
    await page.getByRole('option', { name: 'Nature, one column' }).click()
    await expect(at('figure-size')).toContainText('89 ×')
    await at('field-width').fill('5')
    await expect(at('figure-problems')).toContainText('Width must be between 20 and 1000 mm')
    await expect(at('figure-save')).toBeDisabled()
    await expect(at('figure-size')).toContainText('89 ×')
    await at('field-width').fill('100')
    await expect(at('figure-size')).toContainText('100 ×')
    await at('series-0').locator('[data-test="series-name"]').fill('Trained & kept')
    await at('series-0').locator('[data-test="series-colour"]').fill('#aa3377')
    await expect.poll(() => pageOf(lab)).toContain('Trained &amp; kept')
    await expect.poll(() => pageOf(lab)).toContain('#aa3377')
  })

  await test.step('undo and redo', async () => {
    const { page, at } = lab
    await at('figure-page').click()
    await page.keyboard.press('Control+z')
    await expect.poll(() => pageOf(lab)).not.toContain('#aa3377')
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => pageOf(lab)).toContain('#aa3377')
  })

  await test.step('a second panel from another chart', async () => {
    const { at, page } = lab
    await at('rail-run').click()
    await at('chart-rates').hover()
    await at('chart-rates-figure').click()
    await expect(at('figure-start')).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(at('panel-1')).toHaveAttribute('aria-pressed', 'true')
    await expect.poll(() => pageOf(lab)).toMatch(/>Firing rates</)
    await at('panel-1').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(at('panel-0')).toBeFocused()
    await expect(at('panel-0')).toContainText('Firing rates')
  })

  await test.step('how it looks without green', async () => {
    const { at, page } = lab
    await at('figure-vision').click()
    await page.getByRole('option', { name: 'Deuteranopia (no green)' }).click()
    await expect(at('figure-page')).toHaveCSS('filter', 'url("#vision-deuteranopia")')
  })

  await test.step('saved under its name, and opened after a restart', async () => {
    const { at, page } = lab
    await at('figure-name').fill('Figure 1')
    await page.keyboard.press('Control+s')
    await expect(at('figure-changed')).toBeHidden()
    await expect(at('figure-Figure 1')).toBeVisible()
    expect(lab.complaints).toEqual([])
    await lab.close()
    lab = await open(folder)
    await lab.page.keyboard.press('6')
    await lab.at('figure-Figure 1').click()
    await expect.poll(() => pageOf(lab)).toContain('Trained &amp; kept')
    await expect(lab.at('figure-changed')).toBeHidden()
  })

  await test.step('exported with data, document and script', async () => {
    const { at, page } = lab
    await answerDialogs(lab, exports)
    await page.keyboard.press('Escape')
    await page.keyboard.press('e')
    await expect(at('export-format')).toBeVisible()
    await page.locator('[data-test="confirm-action"]:visible').click()
    await expect.poll(() => readdir(exports)).toContain('Figure 1.pdf')
    const files = await readdir(exports)
    for (const ending of ['.csv', '.json', '.py']) expect(files).toContainEqual(expect.stringMatching(`\\${ending}$`))
    await at('figure-export').click()
    await at('export-format').getByText('PNG').click()
    await at('export-dpi').fill('150')
    await page.locator('[data-test="confirm-action"]:visible').click()
    await expect.poll(() => readdir(exports)).toContain('Figure 1.png')
    // Files beside it with another content are replaced only after a yes.
    await writeFile(join(exports, 'Figure 1.py'), '# mine')
    await lab.application.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    })
    const { value: { figures } } = await call(page, 'figures.list', {}) as { value: { figures: { document: object }[] } }
    const exported = { document: figures[0]!.document, format: 'svg', dpi: 100, beside: true }
    expect(await call(page, 'figures.export', exported)).toEqual({ ok: true, value: null })
    expect(await readFile(join(exports, 'Figure 1.py'), 'utf8')).toBe('# mine')
    expect(await readdir(exports)).not.toContain('Figure 1.svg')
  })

  await test.step('the figure of a deleted run says so', async () => {
    await call(lab.page, 'runs.shelve', { runIds: [runId], shelf: 'trash' })
    await answerDeletions(lab)
    await call(lab.page, 'runs.delete', { runIds: [runId] })
    await expect(lab.at('figure-warning').first()).toContainText(runId)
    await expect.poll(() => pageOf(lab)).toContain(`no run ${runId}`)
    await lab.at('figure-export').click()
    await lab.page.locator('[data-test="confirm-action"]:visible').click()
    await expect(lab.page.locator('.el-message--warning').last()).toContainText(`Saved 4 files. Panel 1: The library has no run ${runId}.`)
  })

  await test.step('deleted and restored', async () => {
    const { at, page } = lab
    await at('figure-Figure 1').focus()
    await page.keyboard.press('Delete')
    await expect(at('empty')).toContainText('No figure open')
    await at('undo-figure-deleted').click()
    await expect(at('figure-Figure 1')).toBeVisible()
    await at('duplicate-Figure 1').click()
    await expect(at('figure-new')).toContainText('Figure 1, copy')
  })
  expect(lab.complaints).toEqual([])
  await lab.close()
})
