import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunSummary } from '../../src-main/app/app.ts'
import { program } from '../fixtures/built.ts'
import { inProcess } from '../integration/cli/program.ts'
import { busy, check, fillUp, openApp, skipFor, smallDisk, startRun, temporaryFolder, thorough } from './support.ts'

vi.setConfig({ testTimeout: 120_000 })

const endless = { ...busy, training: { epochs: 1_000_000 }, recording: { snapshotEvery: 0, checkpointEvery: 0 } }

interface Ended {
  /** As shells count it: 128 + the signal's number if a signal ended the process. */
  code: number
  out: string
  err: string
}

/** Starts a command with its library. @param out where standard output goes; a pipe by default */
function start(library: string, args: string[], out: 'pipe' | number = 'pipe'): ChildProcess {
  const child = spawn(process.execPath, [program, ...args, '--library', library], { stdio: ['ignore', out, 'pipe'] })
  onTestFinished(() => { child.kill('SIGKILL') })
  return child
}

function end(child: ChildProcess): Promise<Ended> {
  const ended = { out: '', err: '' }
  child.stdout?.on('data', (text: Buffer) => { ended.out += text.toString() })
  child.stderr?.on('data', (text: Buffer) => { ended.err += text.toString() })
  return new Promise((resolve) => child.on('close', (code, signal) => {
    resolve({ code: code ?? 128 + constants.signals[signal!], ...ended })
  }))
}

/** Resolves when the command has written the words to standard error. */
const said = (child: ChildProcess, words: RegExp) => new Promise<void>((resolve) => {
  child.stderr!.on('data', (text: Buffer) => { if (words.test(text.toString())) resolve() })
})

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

async function list(library: string): Promise<RunSummary[]> {
  const { out } = await inProcess(['list', '--json'], dirname(library), library)
  return JSON.parse(out) as RunSummary[]
}

function write(document: object): string {
  const file = join(temporaryFolder(), 'document.json')
  writeFileSync(file, JSON.stringify(document))
  return file
}

/** A library with some runs that have many snapshots. */
async function filledLibrary(runs: number): Promise<{ library: string; runIds: string[] }> {
  const library = join(temporaryFolder(), 'library.chalcogen')
  const app = await openApp(library)
  const runIds: string[] = []
  for (let run = 0; run < runs; run++) runIds.push(await startRun(app, { ...busy, seed: run, recording: { snapshotEvery: 1 } }))
  for (const runId of runIds) await app.finished(runId)
  await app.close()
  return { library, runIds }
}

describe('fault 46: whoever reads the output stops', () => {
  it('a run whose words nobody reads any more goes on to its end', async () => {
    const library = join(temporaryFolder(), 'library.chalcogen')
    const child = start(library, ['run', write({ ...busy, training: { epochs: 60 } })])
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    await said(child, /Run \w+ started/)
    child.stdout!.destroy()
    child.stderr!.destroy()
    expect(await ended).toBe(0)
    expect(await list(library)).toMatchObject([{ status: 'done', epochsDone: 60 }])
  })

  it('a list that nobody reads ends quietly', async () => {
    const { library } = await filledLibrary(1)
    const child = start(library, ['list'])
    child.stdout!.destroy()
    expect(await end(child)).toEqual({ code: 0, out: '', err: '' })
  })

  it.runIf(existsSync('/dev/full'))('a full disk behind standard output is a failure without a stack', async () => {
    const { library } = await filledLibrary(1)
    const full = openSync('/dev/full', 'w')
    const { code, err } = await end(start(library, ['list'], full))
    closeSync(full)
    expect(code).toBe(1)
    expect(err).toMatch(/^Could not write to standard output: .*no space left on device/)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[]

describe('fault 46: a signal ends a command with its exit status, and what is saved stays', () => {
  it.each(signals)('%s during a run keeps a checkpoint', async (signal) => {
    const library = join(temporaryFolder(), 'library.chalcogen')
    const child = start(library, ['run', write(endless), '--json'])
    const ended = end(child)
    await said(child, /Run \w+ started/)
    await pause(700)
    child.kill(signal)
    const { code, err } = await ended
    expect(code, err).toBe(exitCodes[signal])
    expect(await list(library)).toMatchObject([{ status: 'stopped', checkpoint: expect.any(Number) }])
    expect((await check(library)).findings).toEqual([])
  })

  it('a second signal ends the process at once and does not give up the checkpoint of the first', async () => {
    const library = join(temporaryFolder(), 'library.chalcogen')
    const child = start(library, ['run', write({ ...endless, network: { ...busy.network, recurrentNeurons: 300 } }), '--json'])
    const ended = end(child)
    // Without a sequence there is no checkpoint to keep.
    await said(child, /epoch [1-9]/)
    child.kill('SIGINT')
    await pause(220)
    const began = performance.now()
    child.kill('SIGINT')
    const { code } = await ended
    expect(code).toBe(130)
    expect(performance.now() - began).toBeLessThan(4000)
    const { status, checkpoint } = (await list(library))[0]!
    expect(status).toMatch(/stopped|interrupted/)
    expect(checkpoint).not.toBeNull()
  })

  it.for(['run', 'sweep'])('SIGINT during a %s while the disk is full says why it waited and what is saved, and calls nothing running', async (command, context) => {
    const disk = smallDisk(30)
    if ('reason' in disk) return skipFor(disk.reason, context)
    const library = join(disk.folder, 'library.chalcogen')
    const task = { ...busy.task, steps: 2000 }
    const long = { ...busy, task, training: { epochs: 4000 }, recording: { snapshotEvery: 0, checkpointEvery: 0.05 } }
    const sweep = { spec: long, seeds: [1, 2] }
    const child = start(library, command === 'run' ? ['run', write(long), '--json'] : ['sweep', write(sweep), '--workers', '1', '--json'])
    const ended = end(child)
    await said(child, command === 'run' ? /epoch/ : /Sweep \w+ started/)
    await pause(1000)
    fillUp(disk.folder)
    await said(child, /The disk is full.* is waiting and will resume automatically/)
    child.kill('SIGINT')
    const { code, out, err } = await ended
    expect(code, err).toBe(130)
    const { status, arms: [arm] = [] } = JSON.parse(out) as { status?: string; arms?: { runs: { status: string }[] }[] }
    if (command === 'run') expect(status).toBe('interrupted')
    else expect(arm!.runs.map((run) => run.status)).toEqual(['interrupted', 'queued'])
    expect(err).toMatch(command === 'run' ? /Its checkpoint at epoch [\d\s]+ of [\d\s]+ is saved/ : /2 of 2 runs are not finished: .*Progress is saved/)
    const [, afterwards] = err.split(/(?<=is waiting and will resume automatically\.)/)
    expect(afterwards).not.toMatch(/sequences\/s|is waiting and will resume|Warning/)
  })

  it.each(['sweep', 'queue'])('SIGTERM during a %s keeps checkpoints and the waiting runs', async (command) => {
    const library = join(temporaryFolder(), 'library.chalcogen')
    const document = { spec: endless, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1] }], seeds: [1] }
    const app = await openApp(library, { slots: 1 })
    if (command === 'queue') await app.sweeps.start(document)
    await app.close()
    const child = command === 'queue' ? start(library, ['queue']) : start(library, ['sweep', write(document), '--workers', '2'])
    const ended = end(child)
    await said(child, /Sweep \w+ started|Running \d/)
    await pause(700)
    child.kill('SIGTERM')
    const { code, err } = await ended
    expect(code, err).toBe(143)
    const runs = await list(library)
    expect(runs.filter(({ status }) => status === 'running' || status === 'done')).toEqual([])
    expect(runs.filter(({ checkpoint }) => checkpoint !== null).length).toBeGreaterThan(0)
    expect((await check(library)).findings).toEqual([])
  })

  it.each(thorough ? [5, 50, 200, 400, 800] : [200])('a signal %i ms after the start of an export or import leaves no part of a file or run', async (ms) => {
    const { library, runIds } = await filledLibrary(6)
    const folder = join(temporaryFolder(), 'out')
    const exporting = start(library, ['export', ...runIds, '--format', 'archive', '--out', folder])
    await vi.waitUntil(() => existsSync(folder), 20_000)
    await pause(ms / 4)
    exporting.kill('SIGINT')
    const exported = await end(exporting)
    expect([0, 130]).toContain(exported.code)
    expect(readdirSync(folder).filter((name) => !name.endsWith('.chalcogen-runs.zip'))).toEqual([])

    const whole = await end(start(library, ['export', ...runIds, '--format', 'archive', '--out', folder, '--json']))
    const { files: [archive] } = JSON.parse(whole.out) as { files: string[] }
    const other = join(temporaryFolder(), 'other.chalcogen')
    const importing = start(other, ['import', archive!])
    await vi.waitUntil(() => existsSync(other), 20_000)
    await pause(ms)
    importing.kill('SIGTERM')
    expect([0, 143]).toContain((await end(importing)).code)
    expect((await check(other)).findings).toEqual([])
    expect(await end(start(other, ['import', archive!]))).toMatchObject({ code: 0 })
    expect(await list(other)).toHaveLength(runIds.length)
  })
})
