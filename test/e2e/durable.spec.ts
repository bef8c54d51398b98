import { expect, test } from '@playwright/test'
import { availableParallelism } from 'node:os'
import type { RunDetail, RunSummary } from '../../src-main/contract/run.ts'
import { call, type Laboratory, newFolder, open, showEachRun } from './laboratory.ts'

test.setTimeout(240_000)

const EPOCHS = 2000

/** Long enough to be interrupted, with devices, snapshots and random draws whose state must be restored. */
const spec = {
  name: 'durable',
  scheme: { kind: 'mixed-precision' },
  task: { kind: 'sinusoids', patterns: 2, steps: 200 },
  network: { recurrentNeurons: 30 },
  training: { epochs: EPOCHS },
  recording: { snapshotEvery: 500 },
}
const endless = { ...spec, name: 'endless', training: { epochs: 1_000_000 }, recording: { snapshotEvery: 0 } }

const start = async ({ page }: Laboratory, what: object) =>
  (await call(page, 'runs.start', { spec: what }) as { value: { runId: string } }).value.runId

const detailOf = async ({ page }: Laboratory, runId: string) =>
  (await call(page, 'runs.get', { runId }) as { value: RunDetail }).value

const statusOf = async (lab: Laboratory, runId: string) => (await detailOf(lab, runId)).summary.status

async function show(lab: Laboratory, runId: string): Promise<void> {
  await lab.at('rail-library').click()
  await lab.at(`run-row-${runId}`).dblclick()
  await expect(lab.at('run-status')).toBeVisible()
}

/** Wait until the run has trained for a while but has not finished. */
const isUnderWay = (lab: Laboratory) => expect.poll(async () => {
  const { value } = await call(lab.page, 'runs.live', {}) as { value: { progress: { sequencesDone: number } }[] }
  return value[0]?.progress.sequencesDone ?? 0
}, { intervals: [20] }).toBeGreaterThan(40)

const isDone = (lab: Laboratory) => expect(lab.at('run-status')).toHaveText('finished', { timeout: 90_000 })

/** Stored data of a run, without names and times. */
async function tracesOf(lab: Laboratory, runId: string) {
  const { summary, epochs, arrays } = await detailOf(lab, runId)
  return { digest: summary.digest, epochs, arrays: arrays.map(({ epoch, kind, name, sha256 }) => [epoch, kind, name, sha256]) }
}

test('a paused, stopped or interrupted run resumes to the same bits as an uninterrupted run', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await showEachRun(lab)
  const uninterrupted = await start(lab, spec)
  await show(lab, uninterrupted)
  await isDone(lab)
  const wanted = await tracesOf(lab, uninterrupted)
  expect(wanted.epochs).toHaveLength(EPOCHS)

  await test.step('pause and resume by keys', async () => {
    const runId = await start(lab, spec)
    await show(lab, runId)
    await isUnderWay(lab)
    await lab.page.keyboard.press('Space')
    await expect(lab.at('run-status')).toHaveText('paused')
    await expect(lab.at('run-pause')).toHaveCount(0)
    const { summary } = await detailOf(lab, runId)
    expect(summary.checkpoint).toBeGreaterThan(0)
    expect(summary.epochsDone).toBeLessThan(EPOCHS)
    await expect(lab.at('run-resume')).toHaveAttribute('title', /^Continue (after|within) epoch \d+ \(U\)$/)
    await lab.page.keyboard.press('u')
    await isDone(lab)
    expect(await tracesOf(lab, runId)).toEqual(wanted)
  })

  await test.step('stop, and resume from the library', async () => {
    const runId = await start(lab, spec)
    await show(lab, runId)
    await isUnderWay(lab)
    await lab.at('run-stop').click()
    await expect(lab.at('run-status')).toHaveText('stopped')
    await lab.at('rail-library').click()
    await lab.at(`run-row-${runId}`).click()
    await lab.at('run-resume').click()
    await expect(lab.at(`run-row-${runId}`)).toContainText('finished', { timeout: 90_000 })
    expect(await tracesOf(lab, runId)).toEqual(wanted)
  })

  await test.step('quit during a run, and resume from the banner', async () => {
    const runId = await start(lab, spec)
    await isUnderWay(lab)
    await lab.close()
    lab = await open(folder)
    await lab.at('rail-library').click()
    await expect(lab.at('interrupted')).toContainText('1 run was interrupted')
    expect(await statusOf(lab, runId)).toBe('interrupted')
    await lab.at('resume-all').click()
    await expect(lab.at('interrupted')).toHaveCount(0)
    await show(lab, runId)
    await isDone(lab)
    expect(await tracesOf(lab, runId)).toEqual(wanted)
  })

  await test.step('retry: a new run of the same spec with the same bits', async () => {
    await lab.page.keyboard.press('t')
    await expect(lab.at('run-status')).not.toHaveText('finished')
    await isDone(lab)
    const { value: runs } = await call(lab.page, 'runs.list', {}) as { value: RunSummary[] }
    expect(runs).toHaveLength(5)
    expect(new Set(runs.map(({ digest }) => digest))).toEqual(new Set([wanted.digest]))
  })

  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('queued runs survive a restart and start automatically', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const running: string[] = []
  for (let slot = 0; slot < availableParallelism(); slot++) running.push(await start(first, endless))
  for (const runId of running) await expect.poll(() => statusOf(first, runId)).toBe('running')
  const waiting = await start(first, { ...spec, name: 'waits', training: { epochs: 3 } })
  await expect(first.at('status-bar')).toContainText('1 queued')
  await first.close()

  const second = await open(folder)
  await expect.poll(() => statusOf(second, waiting), { timeout: 30_000 }).toBe('done')
  for (const runId of running) expect(await statusOf(second, runId)).toBe('interrupted')
  await second.at('rail-library').click()
  await expect(second.at('interrupted')).toContainText(new RegExp(`^\\s*${running.length} runs? w`))
  await second.at('dismiss-interrupted').click()
  await expect(second.at('interrupted')).toHaveCount(0)
  expect(second.complaints).toEqual([])
  await second.close()
})
