import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { DOUBLE_PRESS_MS } from '../../src-renderer/keys.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

/** A text field of each kind, with values that it must refuse. */
const typed: Record<string, { path: string; good: string; bad: string[] }> = {
  'a number': { path: 'network.threshold', good: '0.5', bad: ['', 'abc', 'NaN', '1e999', '-1', 'Infinity', '0x10', '1,5', '1001', '🙂'] },
  'a whole number': { path: 'training.epochs', good: '3', bad: ['', '2.5', '0', '1000001', '99999999999999999999', '1e', '3 4'] },
  'a list of numbers': { path: 'task.frequencies', good: '1, 2', bad: ['', 'x', '1, x', '1 NaN', '1e999', '0', Array(33).fill('1').join(', ')] },
  'a text': { path: 'name', good: 'kept', bad: ['x'.repeat(201)] },
}

/** Documents that no field can produce but a text or a file can contain, by the path of the error. */
const documents: Record<string, object> = {
  'device.model': { device: { model: 'magic' } },
  'device.drift': { device: { drift: 'yes' } },
  'scheme.kind': { scheme: { kind: 'sgd' } },
  'network.threshold': { network: { threshold: null } },
  'training.epochs': { training: { epochs: 2.5 } },
  'task.frequencies': { task: { kind: 'sinusoids', frequencies: [] } },
  'task.frequencies.1': { task: { kind: 'sinusoids', frequencies: [1, '2'] } },
  'task.file': { task: { kind: 'signal' } },
  'device': { device: [] },
  'conventions': { conventions: 'usual' },
  'sead': { sead: 7 },
  'network.treshold': { network: { treshold: 0.5 } },
  'name': { name: 7 },
  'seed': { seed: -1 },
  'network.recurrentNeurons': { network: { recurrentNeurons: 4096 }, scheme: { kind: 'multi-memristor', pairs: 64 } },
}

const texts: Record<string, string> = {
  'no JSON': 'seed: 7',
  'JSON that ends early': '{"seed": 7',
  'NaN, which JSON has not': '{"seed": NaN}',
  'a list': '[]',
  'nothing': '',
}

let folder: string
let lab: Laboratory

test.beforeAll(async () => {
  folder = await newFolder()
  lab = await open(folder)
  await lab.at('rail-design').click()
  await lab.at('preset-pattern-generation/sign').click()
  await lab.at('field-name').fill('good draft')
})
test.afterAll(() => lab.close())

/** The draft as saved in the window's storage. */
const draft = () => lab.page.evaluate(() => JSON.parse(localStorage.getItem('chalcogen.draft')!) as Record<string, unknown>)

/** Checks that Start is disabled and presses its key, which must do nothing. */
async function expectNoStart() {
  await expect(lab.at('start')).toBeDisabled()
  await lab.page.locator('h1').click()
  await lab.page.keyboard.press('r')
}

const show = (view: 'Form' | 'JSON') => lab.at('design-view').getByText(view, { exact: true }).click()

const ways: Record<string, (path: string, text: string) => Promise<void>> = {
  typed: async (path, text) => {
    await lab.at(`field-${path}`).fill('')
    await lab.at(`field-${path}`).pressSequentially(text)
  },
  pasted: async (path, text) => {
    await lab.application.evaluate(({ clipboard }, text) => clipboard.writeText(text), text)
    await lab.at(`field-${path}`).selectText()
    // An empty clipboard pastes nothing.
    await lab.page.keyboard.press(text === '' ? 'Delete' : 'Control+v')
  },
}

for (const [kind, { path, good, bad }] of Object.entries(typed)) {
  for (const [way, write] of Object.entries(ways)) {
    test(`${kind}: an invalid ${way} value is refused next to its field`, async () => {
      const before = await draft()
      for (const text of bad) {
        await write(path, text)
        await expect(lab.at(`field-error-${path}`), text).toContainText(/ must .*\.$|^Enter .*\.$/)
        await expect(lab.at(`field-${path}`), text).toHaveValue(text)
        await expect(lab.at(`field-${path}`), text).toHaveAttribute('aria-invalid', 'true')
        await expectNoStart()
      }
      await write(path, good)
      await expect(lab.at(`field-error-${path}`)).toHaveCount(0)
      await expect(lab.at('start')).toBeEnabled()
      await lab.at(`revert-${path}`).click()
      await lab.at('field-name').fill('good draft')
      expect(await draft()).toEqual(before)
    })
  }
}

test('a missing signal file is refused next to its field when the run starts', async () => {
  await lab.at('variant-task-signal').click()
  await expect(lab.at('field-error-task.file')).toBeVisible()
  await expectNoStart()
  // A file that was typed is read only after a yes.
  await lab.application.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
  await lab.at('field-task.file').fill('/no/such/file.csv')
  await lab.at('start').click()
  await expect(lab.at('field-error-task.file')).toContainText('does not exist')
  await lab.at('variant-task-sinusoids').click()
  await expect(lab.at('start')).toBeEnabled()
})

test('errors in the JSON of the draft are shown by path and can be undone', async () => {
  const before = await draft()
  for (const [path, wrong] of Object.entries(documents)) {
    await show('JSON')
    await lab.at('json').fill(JSON.stringify(wrong))
    await show('Form')
    // An error in a list entry is shown next to the list.
    await expect(lab.at(`field-error-${path.replace(/\.\d+$/, '')}`), path).toBeVisible()
    await expectNoStart()
    await lab.at('undo').click()
    await expect(lab.at('start'), path).toBeEnabled()
  }
  await show('JSON')
  for (const [what, text] of Object.entries(texts)) {
    await lab.at('json').fill(text)
    await expect(lab.at('json-error'), what).toBeVisible()
  }
  await show('Form')
  expect(await draft()).toEqual(before)
})

/** Makes the import dialog return this file. */
const chooseFile = (file: string) => lab.application.evaluate(({ dialog }, file) => {
  dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
}, file)

const importing: Record<string, (text: string) => Promise<void>> = {
  chosen: async (text) => {
    const file = join(folder, 'experiment.json')
    await writeFile(file, text)
    await chooseFile(file)
    // Two presses in quick succession are one.
    await lab.page.waitForTimeout(DOUBLE_PRESS_MS)
    await lab.page.keyboard.press('Control+o')
  },
  dropped: (text) => lab.page.evaluate((text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'experiment.json', { type: 'application/json' }))
    for (const type of ['dragover', 'drop']) window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, text),
}

for (const [way, importFile] of Object.entries(importing)) {
  test(`a ${way} file with errors is refused by path, and the draft is unchanged`, async () => {
    const before = await draft()
    const refuse = async (text: string, path: string, what: string) => {
      await importFile(text)
      await expect(lab.at(`import-error-${path}`), what).toBeVisible()
      await expect(lab.at('refused-file')).toContainText('experiment.json was not imported. The draft is unchanged.')
      // What appears under a resting pointer takes no click at once.
      await lab.page.mouse.move(0, 0)
      await lab.at('refused-file-close').click()
      await expect(lab.at('refused-file')).toHaveCount(0)
    }
    for (const [path, wrong] of Object.entries(documents)) await refuse(JSON.stringify(wrong), path, path)
    for (const [what, text] of Object.entries(texts)) await refuse(text, '', what)
    expect(await draft()).toEqual(before)
    await expect(lab.at('start')).toBeEnabled()
  })

  test(`a ${way} valid file replaces the draft in one undo step`, async () => {
    const before = await draft()
    await importFile('{"name": "from a file", "seed": 7}')
    await expect(lab.at('field-name')).toHaveValue('from a file')
    await lab.at('undo').click()
    expect(await draft()).toEqual(before)
  })

  test(`a ${way} file larger than 10 MB is refused`, async () => {
    await importFile(`{"name": "${'x'.repeat(10_000_001)}"}`)
    await expect(lab.at('refused-file')).toContainText('must be at most 10 MB. Found 10.0 MB.')
    await lab.at('refused-file-close').click()
  })
}

test('no run was started and no error was logged', async () => {
  const { value } = await call(lab.page, 'runs.list', {}) as { value: RunSummary[] }
  expect(value).toEqual([])
  await expect(lab.at('field-name')).toHaveValue('good draft')
  expect(lab.complaints).toEqual([])
})
