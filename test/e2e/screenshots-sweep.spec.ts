import { expect, test } from '@playwright/test'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'
import { everywhere } from './pictures.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(900_000)

const small40 = {
  preset: 'pattern-generation/mixed-precision', scheme: { kind: 'mixed-precision' }, task: { kind: 'sinusoids', patterns: 2, steps: 500 },
  network: { recurrentNeurons: 60 }, training: { epochs: 250 },
}
const schemes = { kind: 'list', path: 'scheme.kind', values: ['sign', 'stochastic', 'mixed-precision'] }
const documents = {
  three: {
    name: '', seeds: [1, 2, 3, 4, 5],
    axes: [
      { kind: 'list', path: 'scheme.smallestJump', values: [0.25, 0.5, 0.75, 1] },
      { kind: 'range', path: 'learning.rateRecurrent', from: 1e-5, to: 1e-3, count: 5, scale: 'logarithmic' },
      { kind: 'sample', path: 'device.maxConductance', from: 8, to: 25, scale: 'linear' },
    ],
  },
  refused: {
    seeds: 'five',
    axes: [
      { kind: 'list', path: 'scheme.smallestJump', values: '0.25, half' },
      { kind: 'range', path: 'learning.rateRecurrent', from: 0, to: -1, count: 1, scale: 'logarithmic' },
      { kind: 'list', path: 'scheme.kind', values: [] },
    ],
  },
  thousand: { name: 'A thousand jumps', seeds: [1, 2], axes: [{ kind: 'range', path: 'scheme.smallestJump', from: 0.1, to: 10, count: 1000 }] },
  halving: {
    name: 'Learning rates, stopped early', seeds: [1, 2], halving: { firstEpochs: 25, keep: 0.3333 },
    axes: [{ kind: 'range', path: 'learning.rateRecurrent', from: 1e-5, to: 1e-3, count: 27, scale: 'logarithmic' }],
  },
}

async function write({ page, at }: Laboratory, document: object) {
  await at('rail-design').click()
  await at('design-view').getByText('Sweep').click()
  await at('sweep-form').getByText('JSON').click()
  await page.locator('[data-test="json"]').fill(JSON.stringify(document))
  await at('sweep-form').getByText('Builder').click()
}

const startSweep = async ({ page }: Laboratory, sweep: object) => {
  const answer = await call(page, 'sweeps.start', { sweep })
  expect(answer).toMatchObject({ ok: true, value: { ok: true } })
}
const list = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value

test('the sweep builder, in every size and theme', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-design').click()
  await lab.at('design-view').getByText('Sweep').click()
  await everywhere(lab, (shoot) => shoot('sweep-empty'))
  for (const [screen, document] of Object.entries(documents)) {
    await write(lab, { ...document, spec: small40 })
    if (screen !== 'refused') await expect(lab.at('sweep-time')).toBeVisible({ timeout: 30_000 })
    await everywhere(lab, (shoot) => shoot(`sweep-${screen}`))
  }
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('the queue and a sweep’s results, in every size and theme', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await at('rail-queue').click()
  await everywhere(lab, (shoot) => shoot('queue-empty'))
  const quick = { ...small40, task: { kind: 'sinusoids', patterns: 2, steps: 200 }, training: { epochs: 40 } }
  await startSweep(lab, { name: 'Three schemes', spec: quick, axes: [schemes], seeds: [1, 2, 3, 4, 5] })
  await expect.poll(async () => (await list(lab)).every(({ status }) => status === 'done'), { timeout: 120_000 }).toBe(true)
  await at('rail-queue').click()
  await at('queue-table').press('ArrowDown')
  await at('queue-table').press('Enter')
  await everywhere(lab, (shoot) => shoot('sweep-result'))

  const slow = { ...small40, training: { epochs: 2500 } }
  const long = 'a long name that describes what was tried here and why, as names often do in the third week of a project'
  await call(page, 'runs.start', { spec: { ...slow, name: `${long}, part 2` } })
  await startSweep(lab, { name: 'Three schemes, longer', spec: slow, axes: [schemes], seeds: [1, 2, 3, 4, 5] })
  await call(page, 'runs.start', { spec: { ...slow, name: long } })
  await startSweep(lab, { name: long, spec: slow, axes: [schemes], seeds: [6, 7] })
  await at('sweep-back').click()
  await page.waitForTimeout(6000)
  const queued = (await list(lab)).filter(({ status }) => status === 'queued')
  await call(page, 'runs.pause', { runId: queued.at(-4)!.runId })
  await call(page, 'queue.prioritise', { runIds: [queued[0]!.runId], priority: 'high' })
  await call(page, 'queue.prioritise', { runIds: [queued[1]!.runId], priority: 'low' })
  await everywhere(lab, (shoot) => shoot('queue-running'))
  await at('queue-hold').click()
  await expect(at('queue-held')).toBeVisible()
  await everywhere(lab, (shoot) => shoot('queue-held'))
  await startSweep(lab, { ...documents.thousand, spec: slow })
  await at('queue-table').press('End')
  await everywhere(lab, (shoot) => shoot('queue-2000'))
  expect(lab.complaints).toEqual([])
  await lab.close()
})
