import { expect, test } from '@playwright/test'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'
import { everywhere } from './pictures.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(1_200_000)

const tiny = {
  preset: 'pattern-generation/mixed-precision', scheme: { kind: 'mixed-precision' }, task: { kind: 'sinusoids', patterns: 1, steps: 200 },
  network: { recurrentNeurons: 40, threshold: 0.77, feedbackGain: 0.305 }, training: { epochs: 60 },
  learning: { rateInput: 0.0017, rateRecurrent: 0.00015, rateOutput: 0.0001, regularisation: 0.00044 },
  device: { initialConductance: 0.305, scale: 55 },
}
const kinds = ['fp32', 'accumulator', 'sign', 'stochastic', 'multi-memristor', 'mixed-precision', 'update-ready']
const names: Readonly<Record<string, string>> = {
  fp32: 'FP32', accumulator: 'Accumulator', sign: 'Sign', stochastic: 'Stochastic', 'multi-memristor': 'Multi-memristor, 4 pairs per synapse',
  'mixed-precision': 'Mixed precision', 'update-ready': 'Update-ready',
}
const schemes = (models: readonly string[]) => models.flatMap((model) => kinds.map((kind) => ({
  label: `${names[kind]}, ${model === 'pcm' ? 'full PCM model' : 'performance mode, eight levels'}`,
  changes: { 'scheme.kind': kind, 'device.model': model },
})))
const seeds = (count: number) => Array.from({ length: count }, (_, index) => 11 + index)
const paper = { name: 'Schemes of the paper, each in both modes', spec: tiny, seeds: seeds(10), variants: schemes(['pcm', 'performance']), comparison: {} }
const refused = {
  spec: tiny, seeds: [1, 2], comparison: { budget: { kind: 'set', pulses: 'many' }, energy: { set: -1 } },
  variants: [
    { label: 'one', changes: { 'scheme.kind': 'sign', 'learning.rateInput': 'fast' } }, { label: 'one', changes: { 'scheme.knid': 3 } },
    { label: '', changes: {} },
  ],
}

async function write({ page, at }: Laboratory, document: object) {
  await at('rail-design').click()
  await at('design-view').getByText('Sweep').click()
  await at('sweep-form').getByText('JSON').click()
  await page.locator('[data-test="json"]').fill(JSON.stringify(document))
  await at('sweep-form').getByText('Builder').click()
}
const list = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value
const ended = async (lab: Laboratory) => (await list(lab)).filter(({ status }) => status === 'done').length

test('the builder with variants, in every size and theme', async () => {
  const lab = await open(await newFolder())
  await write(lab, paper)
  await expect(lab.at('sweep-time')).toBeVisible({ timeout: 60_000 })
  await everywhere(lab, (shoot) => shoot('variants-fourteen'))
  await write(lab, { ...paper, variants: paper.variants.slice(2, 5), seeds: seeds(5), comparison: { budget: { kind: 'energy', microjoules: 3 } } })
  await lab.at('variants.2.fold').click()
  await everywhere(lab, (shoot) => shoot('variants-open'))
  await write(lab, refused)
  await everywhere(lab, (shoot) => shoot('variants-refused'))
  await lab.at('variants.0.fold').click()
  await everywhere(lab, (shoot) => shoot('variants-refused-open'))
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a tournament, in every size and theme', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await call(page, 'queue.hold', {})
  expect(await call(page, 'sweeps.start', { sweep: paper })).toMatchObject({ ok: true, value: { ok: true } })
  await at('rail-queue').click()
  await at('queue-table').press('ArrowDown')
  await at('queue-table').press('o')
  await everywhere(lab, (shoot) => shoot('tournament-empty'))
  await call(page, 'queue.release', {})
  await expect.poll(() => ended(lab), { timeout: 300_000 }).toBeGreaterThan(20)
  await call(page, 'queue.hold', {})
  await page.waitForTimeout(2000)
  await everywhere(lab, (shoot) => shoot('tournament-partial'))
  await call(page, 'queue.release', {})
  await expect.poll(() => ended(lab), { timeout: 600_000, intervals: [2000] }).toBe(140)
  await page.waitForTimeout(3000)
  await everywhere(lab, (shoot) => shoot('tournament'))
  await at('budget').getByText('Equal SET pulses').click()
  await at('field-comparison.budget.pulses').fill('2000')
  await at('arms-scale').getByText('linear').click()
  await page.locator('[data-test^="arm-"][aria-expanded]').nth(1).click()
  await at('all-warnings').click()
  await page.waitForTimeout(1500)
  await everywhere(lab, (shoot) => shoot('tournament-pulses'))
  await page.locator('[data-test^="tournament-run-"]').first().click()
  await at('study').click()
  await everywhere(lab, (shoot) => shoot('run-study'))
  expect(lab.complaints).toEqual([])
  await lab.close()
})
