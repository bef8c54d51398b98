import Database from 'better-sqlite3'
import { EventEmitter } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { RunSummary } from '../../../src-main/app/app.ts'
import type { Signal } from '../../../src-main/cli/interruption.ts'
import { engineDigest } from '../../../scripts/engine-digest.ts'
import { openApp, startRun } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { end, inProcess, start } from './program.ts'

vi.setConfig({ testTimeout: 120_000 })

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 },
  training: { epochs: 12 },
} as const
const endless = { ...tiny, training: { epochs: 1_000_000 } }
/** Of this engine, so that the command line resumes what a test has started. */
const digest = await engineDigest()
/** Between two looks for a first epoch, and from then to the signal, ms. */
const A_MOMENT = 250

const rates = (...values: number[]) => ({ kind: 'list', path: 'learning.rateOutput', values })

function laboratory() {
  const dir = temporaryFolder()
  const library = join(dir, 'library.chalcogen')
  const write = (name: string, document: object) => writeFileSync(join(dir, name), JSON.stringify(document))
  const chalcogen = (...args: string[]) => inProcess(args, dir, library)
  const hasTrained = () => {
    const db = new Database(library, { readonly: true })
    try {
      return db.prepare('SELECT 1 FROM epochs').get() !== undefined
    } finally {
      db.close()
    }
  }
  /** Sends the signal a moment after the command has written the words and a run has an epoch, however slow the machine is. */
  const cutOff = (signal: Signal, words: RegExp, ...args: string[]) => {
    const signals = new EventEmitter()
    let sent = false
    const onError = (text: string) => {
      if (sent || !words.test(text)) return
      sent = true
      const look = setInterval(() => {
        if (!hasTrained()) return
        clearInterval(look)
        setTimeout(() => signals.emit(signal, signal), A_MOMENT)
      }, A_MOMENT)
    }
    return inProcess(args, dir, library, {}, { signals, onError })
  }
  const list = async () => JSON.parse((await chalcogen('list', '--json')).out) as RunSummary[]
  return { dir, library, write, chalcogen, cutOff, list }
}

const statuses = (runs: RunSummary[]) => runs.map(({ status }) => status).sort()

test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)(
  '%s ends a run with a checkpoint and the exit code %i', async (signal, exitCode) => {
    const { write, cutOff, list } = laboratory()
    write('endless.json', endless)
    const { code, out, err } = await cutOff(signal, /^Run \w+ started/, 'run', 'endless.json', '--json')
    expect(code, err).toBe(exitCode)
    const { runId, status } = JSON.parse(out) as RunSummary
    expect(status).toBe('stopped')
    expect(await list()).toMatchObject([{ runId, status: 'stopped', checkpoint: expect.any(Number) }])
    expect(err).toMatch(/Its checkpoint at epoch \d+ of 1000000 is saved\. Resume it with: chalcogen resume/)
    if (signal !== 'SIGINT') return
    expect((await cutOff('SIGTERM', /epoch/, 'resume', runId)).code).toBe(143)
    expect((await list())[0]!.checkpoint).toBeGreaterThan(0)
  })

test('one signal ends the queue with checkpoints, and leaves waiting runs in it', async () => {
  const { library, cutOff, list } = laboratory()
  const app = await openApp(library, { slots: 1 })
  for (let run = 0; run < 5; run++) await startRun(app, endless)
  await app.close()
  const { code, out, err } = await cutOff('SIGINT', /^Running 4 queued runs/, 'queue', '--json')
  expect(code, err).toBe(130)
  const runs = await list()
  expect(statuses(runs)).not.toContain('running')
  expect(runs.filter(({ status }) => status === 'queued').length).toBeGreaterThan(0)
  const cut = runs.filter(({ status, checkpoint }) => status === 'interrupted' && checkpoint !== null)
  expect(cut.length).toBeGreaterThan(1)
  expect(statuses(JSON.parse(out) as RunSummary[])).toEqual(statuses(runs.slice(0, 4)))
})

test('a signal ends a sweep, which its id continues to the end', async () => {
  const { write, chalcogen, cutOff, list } = laboratory()
  write('sweep.json', { spec: { ...tiny, training: { epochs: 6000 } }, axes: [rates(1e-5, 1e-4)], seeds: [1, 2] })
  const { code, out, err } = await cutOff('SIGTERM', /^Sweep \w+ started/, 'sweep', 'sweep.json', '--workers', '1', '--json')
  expect(code, err).toBe(143)
  expect(err).toMatch(/\d of 4 runs are not finished: .*Progress is saved\. Continue with: chalcogen sweep/)
  const { sweepId } = JSON.parse(out) as { sweepId: string }
  expect(statuses(await list())).toEqual(expect.arrayContaining(['interrupted', 'queued']))
  const tournament = await cutOff('SIGINT', /^Continuing sweep/, 'tournament', sweepId, '--workers', '1', '--json')
  expect(tournament.code, tournament.err).toBe(130)
  const whole = await chalcogen('sweep', sweepId)
  expect(whole.code, whole.err).toBe(0)
  expect(statuses(await list())).toEqual(['done', 'done', 'done', 'done'])
})

test('a sweep whose runs another program runs is not done', async () => {
  const { dir, library, write, chalcogen } = laboratory()
  write('sweep.json', { spec: endless, axes: [rates(1e-5, 1e-4)], seeds: [1] })
  const other = start(['sweep', 'sweep.json'], dir, library)
  onTestFinished(() => { other.kill('SIGKILL') })
  const ended = end(other)
  const sweepId = await new Promise<string>((resolve) => {
    other.stderr!.on('data', (text: Buffer) => {
      const [, id] = /^Sweep (\w+) started/m.exec(text.toString()) ?? []
      if (id) setTimeout(() => resolve(id), 700)
    })
  })
  const { code, err } = await chalcogen('sweep', sweepId)
  expect(code, err).toBe(1)
  expect(err).toContain('2 of 2 runs are not finished: 2 running in another program.')
  other.kill('SIGTERM')
  expect((await ended).code).toBe(143)
})

test('runs that wait for their round are no failure, and the last one continues the sweep', async () => {
  const { library, chalcogen, list } = laboratory()
  const app = await openApp(library, { slots: 1, engineDigest: digest })
  const halved = {
    spec: { ...tiny, training: { epochs: 1600 } }, axes: [rates(1e-5, 1e-4, 1e-3, 1e-2)], seeds: [1],
    halving: { firstEpochs: 400, keep: 0.5 },
  }
  const sweepId = await app.sweeps.start(halved)
  await vi.waitUntil(() => (app.live()[0]?.progress.sequencesDone ?? 0) > 0)
  await app.close()
  expect(statuses(await list())).toEqual(['interrupted', 'queued', 'queued', 'queued'])

  const queue = await chalcogen('queue')
  expect(queue.code, queue.err).toBe(0)
  expect(queue.err).toContain(`waits for the other runs of its round. Continue them with: chalcogen sweep ${sweepId}`)
  expect(statuses(await list())).toEqual(['interrupted', 'paused', 'paused', 'paused'])

  const { runId } = (await list()).find(({ status }) => status === 'interrupted')!
  const resume = await chalcogen('resume', runId)
  expect(resume.code, resume.err).toBe(0)
  expect(statuses(await list())).toEqual(['done', 'stopped', 'stopped', 'stopped'])
  expect((await chalcogen('sweep', sweepId)).code).toBe(0)
})
