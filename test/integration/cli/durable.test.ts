import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { busy } from '../../fixtures/application.ts'
import { end, inProcess, start as startIn, untilTrained } from './program.ts'

vi.setConfig({ testTimeout: 60_000 })

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  writeFileSync(inDir('busy.json'), JSON.stringify({ ...busy, training: { epochs: 40 } }))
})
afterEach(() => rmSync(dir, { recursive: true }))

const inDir = (name: string) => path.join(dir, name)
const start = (args: string[]) => startIn(args, dir, inDir('library.chalcogen'))
const chalcogen = (...args: string[]) => inProcess(args, dir, inDir('library.chalcogen'))

async function json(...args: string[]) {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

/** Starts a run and sends the process a signal in the middle of it. */
async function cutOff(signal: NodeJS.Signals): Promise<string> {
  const child = start(['run', 'busy.json', '--set', 'training.epochs=4000', '--json'])
  const ended = end(child)
  const runId = await new Promise<string>((resolve) => {
    child.stderr!.on('data', (text: Buffer) => {
      const [, found] = /^Run (\w+) started/m.exec(text.toString()) ?? []
      if (found) resolve(found)
    })
  })
  await untilTrained(child, inDir('library.chalcogen'), 20)
  child.kill(signal)
  await ended
  return runId
}

test('resumes a killed run to the same digest as an uninterrupted one', async () => {
  const whole = await json('run', 'busy.json')
  const child = start(['run', 'busy.json', '--json'])
  const ended = end(child)
  await new Promise<void>((resolve) => child.stderr!.on('data', (text: Buffer) => { if (text.includes('epoch')) resolve() }))
  child.kill('SIGKILL')
  await ended
  const [{ runId, status }] = await json('list')
  expect(status).toMatch(/interrupted|queued/)
  const { out, code } = status === 'queued' ? await chalcogen('queue', '--json') : await chalcogen('resume', runId, '--json')
  expect(code).toBe(0)
  const resumed = [JSON.parse(out)].flat()[0]
  expect(resumed).toMatchObject({ runId, status: 'done', digest: whole.digest, loss: whole.loss })
  expect(Object.keys(resumed)).toEqual(Object.keys(whole))
})

test('keeps a checkpoint of a stopped run, and retries it as a new run', async () => {
  const runId = await cutOff('SIGINT')
  const { summary } = await json('show', runId)
  expect(summary).toMatchObject({ status: 'stopped', checkpoint: expect.any(Number) })
  const child = start(['retry', runId, '--json'])
  const ended = end(child)
  await new Promise<void>((resolve) => child.stderr!.on('data', (text: Buffer) => { if (text.includes('epoch')) resolve() }))
  child.kill('SIGINT')
  expect(JSON.parse((await ended).out)).toMatchObject({ status: 'stopped' })
  expect(await json('list')).toHaveLength(2)
  const refused = await chalcogen('resume', '0nosuchrun')
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('0nosuchrun')
})

test('archives, trashes, backs up, restores, checks, compacts, imports and moves like the window', async () => {
  const { runId } = await json('run', 'busy.json', '--set', 'training.epochs=3')
  const [automatic] = await json('backup', '--list')
  expect(automatic).toMatchObject({ reason: 'scheduled' })
  const backup = await json('backup')
  expect(backup).toMatchObject({ reason: 'asked', bytes: expect.any(Number) })
  expect(await json('archive', runId)).toEqual({ runIds: [runId], shelf: 'archive' })
  expect(await json('list')).toEqual([])
  expect(await json('list', '--shelf', 'archive')).toMatchObject([{ runId, shelf: 'archive' }])
  expect((await chalcogen('delete', runId)).code).toBe(2)
  await json('trash', runId)
  const { files: [archive] } = await json('export', runId, '--format', 'archive', '--out', inDir('out'))
  await json('delete', runId)
  expect((await json('compact')).freedBytes).toBeGreaterThan(1000)
  expect(await json('import', archive)).toEqual({ imported: 1, present: 0 })
  const { setAside } = await json('restore', backup.file)
  expect(readFileSync(setAside).length).toBeGreaterThan(1000)
  expect(await json('list')).toMatchObject([{ runId, status: 'done' }])
  expect(await json('check')).toMatchObject({ runs: 1, epochs: 3, findings: [], stopped: false })
  const { file } = await json('move', inDir('elsewhere'))
  expect(file).toBe(inDir(path.join('elsewhere', 'library.chalcogen')))
  const { out } = await chalcogen('list', '--library', file)
  expect(out).toContain(runId)
  const missing = await chalcogen('check')
  expect(missing.code).toBe(2)
  expect(missing.err).toContain('does not exist')
})

test('finds a default library after it was moved, and refuses a damaged note of its place', async () => {
  const home = inDir('home')
  const run = (...args: string[]) => inProcess(args, dir, '', { XDG_DATA_HOME: home })
  expect((await run('run', 'busy.json', '--set', 'training.epochs=2')).code).toBe(0)
  const { code, err } = await run('move', inDir('elsewhere'))
  expect(code, err).toBe(0)
  const listed = await run('list', '--json')
  expect(JSON.parse(listed.out)).toHaveLength(1)
  writeFileSync(path.join(home, 'chalcogen', 'place.json'), '{"libraryFile": 7}')
  const refused = await run('list')
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('libraryFile')
})
