import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call, freshPage, newFolder, open, type Laboratory } from './laboratory.ts'

test.setTimeout(240_000)

let folder: string
let lab: Laboratory

test.beforeAll(async () => {
  folder = await newFolder()
  lab = await open(folder)
})
test.beforeEach(async () => {
  await freshPage(lab)
  await lab.at('rail-design').click()
})
test.afterAll(() => lab.close())

/** A tensile test as a German program writes it: semicolons, decimal commas, Latin-1, a preamble, a row of units and a time column. */
const tensile = (rows = 240) => Buffer.from([
  'Prüfmaschine: ZP-12', 'Prüfer: Jäger', '', 'Zeit;Kraft;Weg', 's;kN;µm',
  ...Array.from({ length: rows }, (_, row) =>
    [row / 20, 2 + Math.sin(row / 12), 10 + row * 0.75].map((value) => value.toFixed(3).replace('.', ',')).join(';')),
].join('\r\n'), 'latin1')

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

/** Makes the next dialogs return this file. */
const answer = (file: string) => lab.application.evaluate(({ dialog }, file) => {
  dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
}, file)

/** Chooses a file in the form, which opens the import dialog. */
async function choose(name: string, content: string | Buffer): Promise<string> {
  const file = await fileOf(name, content)
  await answer(file)
  if (await lab.at('choose-signal').count() === 0) await lab.at('variant-task-signal').click()
  await lab.at('choose-signal').click()
  await expect(lab.at('signal-dialog')).toBeVisible()
  return file
}

/** Small enough to end soon. */
async function makeSmall(): Promise<void> {
  await lab.at('variant-scheme-fp32').click()
  await lab.at('field-task.steps').fill('60')
  await lab.at('field-network.recurrentNeurons').fill('20')
  await lab.at('field-training.epochs').fill('2')
}

const sha256Of = (values: number[]) => createHash('sha256').update(Float64Array.from(values)).digest('hex')

const optionIn = (select: string, option: string) => lab.page.locator(`[data-test="${select}-${option}"]:visible`)

async function taskOfRun(): Promise<Record<string, unknown>> {
  await expect(lab.at('run-status')).toHaveText('finished', { timeout: 120_000 })
  const list = await call(lab.page, 'runs.list', {}) as { value: { runId: string }[] }
  const run = await call(lab.page, 'runs.get', { runId: list.value[0]!.runId }) as { value: { spec: { task: Record<string, unknown> } } }
  return run.value.spec.task
}

test('a German instrument\'s file is imported: its column is chosen, it is seen as it will be used, and started', async () => {
  const { at, page } = lab
  await at('variant-task-signal').click()
  await makeSmall()
  const file = await choose('zugversuch.txt', tensile())

  await expect(at('signal-guess')).toContainText('guessed')
  await expect(at('signal-row-4')).toContainText('names')
  await expect(at('signal-row-5')).toHaveText(/5\s*units\s*s\s*kN\s*µm/)
  await expect(at('signal-column-Zeit')).toHaveText(/Zeit\s*s · time/)
  await expect(at('signal-column-Zeit')).toHaveAttribute('aria-pressed', 'false')
  await expect(at('signal-column-Kraft')).toHaveAttribute('aria-pressed', 'true')
  await at('signal-column-Weg').click()
  await at('signal-column-Kraft').click()
  await expect(at('signal-column-Weg')).toHaveText(/Weg\s*µm · signal/)
  await expect(at('signal-state')).toContainText('240 samples')
  await at('signal-use').click()
  await expect(at('signal-dialog')).toBeHidden()

  await expect(at('field-task.file')).toHaveValue(file)
  await expect(at('signal-notes')).toContainText(`Signal: column 'Weg' (µm)`)
  await at('chart-preview-signal').getByRole('button', { name: /table/i }).click()
  await expect(at('chart-preview-signal')).toContainText('Zeit (s)')
  await expect(at('chart-preview-signal')).toContainText('Weg (µm)')
  await expect(at('start')).toBeEnabled()
  await page.locator('h1').click()
  await page.keyboard.press('r')
  const layout = { encoding: 'windows-1252', delimiter: 'semicolon', decimal: 'comma', thousands: 'none', header: 4, units: 5, from: 6, to: 0 }
  const task = await taskOfRun()
  expect(task).toMatchObject({ file, column: 'Weg', time: 'Zeit', layout })
  expect(task.samples).toEqual({ count: 240, sha256: sha256Of(Array.from({ length: 240 }, (_, row) => 10 + row * 0.75)) })
  expect(lab.complaints).toEqual([])
})

test('after a restart the file of the draft is chosen again where it was, and read as before', async () => {
  const file = await choose('zugversuch.txt', tensile())
  await lab.at('signal-column-Weg').click()
  await lab.at('signal-column-Kraft').click()
  await expect(lab.at('signal-state')).toContainText('240 samples')
  await lab.at('signal-use').click()
  await expect(lab.at('signal-notes')).toContainText(`column 'Weg'`)
  await expect(lab.at('signal-unchosen')).toHaveCount(0)
  // The draft is saved a moment after its last change.
  await lab.page.waitForTimeout(1500)
  await lab.close()

  lab = await open(folder)
  await lab.at('rail-design').click()
  await expect(lab.at('signal-unchosen')).toContainText('Not read: this file was typed, or chosen before the last restart.')
  await expect(lab.at('signal-notes')).toHaveCount(0)
  await lab.application.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async (_window: unknown, { defaultPath }: { defaultPath?: string }) =>
      ({ canceled: defaultPath !== chosen, filePaths: [chosen] })) as unknown as typeof dialog.showOpenDialog
  }, file)
  await lab.at('choose-signal-again').click()
  await expect(lab.at('signal-notes')).toContainText(`column 'Weg'`)
  await expect(lab.at('signal-unchosen')).toHaveCount(0)
  await expect(lab.at('signal-dialog')).toHaveCount(0)
  await expect(lab.at('field-task.column')).toHaveValue('Weg')
})

test('a relative signal file starts at the folder of the spec, or of the sweep that names the spec, as on the command line', async () => {
  const { at, page } = lab
  const beside = join(folder, 'specs')
  await mkdir(beside)
  const file = join(beside, 'x.csv')
  await writeFile(file, 'y\n1\n3\n2\n5\n4\n')
  const spec = { task: { kind: 'signal', file: 'x.csv', steps: 50, inputChannels: 10 }, network: { recurrentNeurons: 10 }, scheme: { kind: 'fp32' } }
  await writeFile(join(beside, 'spec.json'), JSON.stringify(spec))
  const axes = [{ kind: 'list', path: 'learning.rateOutput', values: [1e-5, 1e-4] }]
  await writeFile(join(beside, 'sweep.json'), JSON.stringify({ name: 's', spec: 'spec.json', axes, seeds: [1] }))
  await answer(join(beside, 'spec.json'))
  await page.keyboard.press('Control+o')
  await expect(at('field-task.file')).toHaveValue(file)
  await expect(at('signal-notes')).toContainText(`Signal: column 'y'`)
  await expect(at('start')).toBeEnabled()

  await answer(join(beside, 'sweep.json'))
  const sweep = await call(page, 'spec.import', { kind: 'sweep' }) as { value: { read: { text: string } } }
  const late = [{ kind: 'list', path: 'task.patterns', values: [1, 50, 200] }]
  const plan = (more: object) => call(page, 'sweeps.plan', { sweep: { ...JSON.parse(sweep.value.read.text) as object, ...more }, measure: false })
  expect(await plan({})).toMatchObject({ value: { ok: true, plan: { runs: 2, notes: expect.arrayContaining([expect.stringContaining(`column 'y'`)]) } } })
  expect(await plan({ axes: late })).toMatchObject({ value: { ok: false, problems: expect.arrayContaining([
    expect.objectContaining({ path: 'axes.0.values.1', rule: expect.stringContaining('each pattern needs two of the 5 samples') }),
  ]) } })
})

test('a file is imported by keyboard alone', async () => {
  const { at, page } = lab
  await at('variant-task-signal').click()
  await makeSmall()
  await answer(await fileOf('zugversuch.txt', tensile()))
  await at('choose-signal').focus()
  await page.keyboard.press('Enter')
  await expect(at('signal-state')).toContainText('240 samples')

  /** Presses Tab until an element has the focus. */
  const tabTo = async (name: string) => {
    for (let count = 0; count < 60; count++) {
      if (await at(name).evaluate((element) => element.contains(document.activeElement))) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${name}.`)
  }
  // The dialog opens with the focus on the list of columns, and Esc closes it from there.
  const isOnColumns = () => at('signal-columns').evaluate((element) => element.contains(document.activeElement))
  await expect.poll(isOnColumns).toBe(true)
  await page.keyboard.press('Escape')
  await expect(at('signal-dialog')).toBeHidden()
  await at('choose-signal').focus()
  await page.keyboard.press('Enter')
  await expect(at('signal-state')).toContainText('240 samples')
  await expect.poll(isOnColumns).toBe(true)
  await tabTo('signal-column-Weg')
  await page.keyboard.press('Enter')
  await expect(at('signal-column-Weg')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Shift+Tab')
  await expect(at('signal-column-Kraft')).toBeFocused()
  await page.keyboard.press(' ')
  await expect(at('signal-column-Kraft')).toHaveAttribute('aria-pressed', 'false')
  await expect(at('signal-state')).toContainText('240 samples')
  await tabTo('signal-use')
  await page.keyboard.press('Enter')
  await expect(at('signal-dialog')).toBeHidden()
  await expect(at('signal-notes')).toContainText(`column 'Weg'`)
  await page.keyboard.press('Escape')
  await expect(at('start')).toBeEnabled()
  await page.keyboard.press('r')
  expect(await taskOfRun()).toMatchObject({ column: 'Weg', time: 'Zeit' })
})

test('what is guessed can be changed, and a gap is refused until it is said what to do', async () => {
  const { at } = lab
  await choose('gaps.csv', 'a,b\n1,5\n4,\n2,7\n8,8\n')
  await at('signal-column-b').click()
  await at('signal-column-a').click()
  await expect(at('signal-problem')).toContainText('has 1 gap')
  await expect(at('signal-use')).toBeDisabled()
  await at('signal-gaps').click()
  await optionIn('signal-gaps', 'interpolate').click()
  await expect(at('signal-problem')).toHaveCount(0)
  await expect(at('signal-state')).toContainText('4 samples')
  await at('signal-from').fill('4')
  await expect(at('signal-state')).toContainText('2 samples')
  await at('signal-from').fill('3')
  await at('signal-delimiter').click()
  await optionIn('signal-delimiter', 'none').click()
  await expect(at('signal-use')).toBeDisabled()
  await at('signal-guess-again').click()
  await expect(at('signal-column-a')).toHaveAttribute('aria-pressed', 'true')
  await at('signal-use').click()
  await expect(at('field-task.column')).toContainText('a')
  await expect(at('start')).toBeEnabled()
})

/** Files that were refused, or taken for something else: what comes of them in the window. */
const npy = Buffer.concat([
  Buffer.from(`\x93NUMPY\x01\0\x46\0${`{'descr': '<f8', 'fortran_order': False, 'shape': (4L,), }`.padEnd(69)}\n`, 'latin1'),
  Buffer.from(Float64Array.of(1, 2, 4, 3).buffer),
])
const read: Record<string, { content: string | Buffer; chosen: string; samples: number; warned?: string; problem?: string }> = {
  'flat.csv': { content: `x\n${'14.62\n'.repeat(1000)}`, chosen: 'x', samples: 1000, warned: 'the same value everywhere' },
  'mixed.csv': { content: `t,x\r\n${'0,1\n1,3\n2,2\n3,5\n'}`, chosen: 'x', samples: 4 },
  'index.csv': { content: ',value\n0,5.5\n1,6.5\n2,7.25\n3,6\n', chosen: 'value', samples: 4 },
  'year.csv': { content: 'Year,Sunspots\n1700,5\n1701,11\n1702,16\n1703,23\n', chosen: 'Sunspots', samples: 4 },
  'long.npy': { content: npy, chosen: '0', samples: 4 },
  'overflow.csv': { content: 'x\n1.7e308\n1.6e308\n1.5e308\n1\n', chosen: 'x', samples: 4, problem: 'must be measured values' },
}

test('ordinary files of ordinary programs are read, warned of or refused before the start', async () => {
  const { at } = lab
  for (const [name, { content, chosen, samples, warned, problem }] of Object.entries(read)) {
    await choose(name, content)
    await expect(at('signal-state'), name).toHaveText(new RegExp(`^${samples} samples in`))
    await expect(at(`signal-column-${chosen}`), name).toHaveAttribute('aria-pressed', 'true')
    await at('signal-use').click()
    await expect(at('signal-dialog')).toBeHidden()
    await expect(at('field-task.file')).toHaveValue(join(folder, name))
    if (warned) await expect(at('warning-task.samples')).toContainText(warned)
    if (problem) await expect(at('field-error-task.file'), name).toContainText(problem)
    await expect(at('start'))[problem ? 'toBeDisabled' : 'toBeEnabled']()
  }
})

test('a file that can be read in two ways is refused until one is chosen', async () => {
  const { at } = lab
  await choose('torn.csv', 'Zeit, s;Kraft, N\n0,5;1,25\n1,0;1,50\n1,5;1,75\n2,0;2,25\n')
  await expect(at('signal-column-Kraft, N')).toHaveAttribute('aria-pressed', 'true')
  await at('signal-cancel').click()
  await choose('commas.csv', '1,5\n2,5\n3,5\n')
  await expect(at('signal-problem')).toContainText('can be read in two ways')
  await expect(at('signal-problem')).not.toContainText('layout.')
  await at('signal-delimiter').click()
  await optionIn('signal-delimiter', 'none').click()
  await expect(at('signal-state')).toContainText('3 samples')
})

test('a file that is dropped on Design is imported, and a long one can be stopped and read on', async () => {
  const { at, page } = lab
  const file = await fileOf('long.csv', `t;x\n${Array.from({ length: 800_000 }, (_, row) => `${row},5;${row % 7},25\n`).join('')}`)
  // A file that a person chose, as one that is dropped: only such a file has a path.
  await page.evaluate(() => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', id: 'dropped' })
    document.body.append(input)
  })
  await page.locator('#dropped').setInputFiles(file)
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(document.querySelector<HTMLInputElement>('#dropped')!.files![0]!)
    document.querySelector('#dropped')!.remove()
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await expect(at('signal-table')).toBeVisible()
  // At once, and not when the lists around it have come to rest: by then, a fast machine has read the file.
  await at('signal-stop').dispatchEvent('click')
  await expect(at('signal-state')).toContainText('Only the beginning')
  await expect(at('signal-use')).toBeDisabled()
  await at('signal-read-on').click()
  await expect(at('signal-state')).toContainText(/800\s000 samples/, { timeout: 60_000 })
  await at('signal-use').click()
  await expect(at('field-task.file')).toHaveValue(file)
  await expect(at('variant-task-signal')).toBeVisible()
})
