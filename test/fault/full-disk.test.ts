import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test, type TestContext, vi } from 'vitest'
import { keepWindowState } from '../../src-main/desktop/keep-window-state.ts'
import { openPreferences } from '../../src-main/desktop/preferences.ts'
import { refuseLongPath } from '../../src-main/library/path-length.ts'
import { inProcess } from '../integration/cli/program.ts'
import { fillUp, openApp, skipFor, smallDisk, temporaryFolder } from './support.ts'
import { requireReadable } from '../../src-main/app/errors.ts'

vi.setConfig({ testTimeout: 60_000 })

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: 4 },
  recording: { snapshotEvery: 1 },
}
const schemes = { kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }

let home: string
let library: string
let archive: string
let runId: string
let sweepId: string

/** A library with two runs of a sweep and a backup, and an archive of a run of another library. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
  library = join(home, 'library.chalcogen')
  const other = join(home, 'other', 'other.chalcogen')
  writeFileSync(join(home, 'tiny.json'), JSON.stringify(tiny))
  writeFileSync(join(home, 'sweep.json'), JSON.stringify({ spec: tiny, axes: [schemes], seeds: [1] }))
  sweepId = (await json(library, 'sweep', 'sweep.json')).sweepId
  runId = (await json(library, 'list'))[0].runId
  await json(library, 'trash', (await json(library, 'list'))[1].runId)
  const { runId: exported } = await json(other, 'run', 'tiny.json')
  archive = (await json(other, 'export', exported, '--format', 'archive', '--out', home)).files[0]
})
afterAll(() => rmSync(home, { recursive: true }))

async function json(file: string, ...args: string[]) {
  const { code, out, err } = await inProcess([...args, '--json'], home, file)
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

function diskOf(megabytes: number, context: TestContext): string {
  const disk = smallDisk(megabytes)
  if ('reason' in disk) skipFor(disk.reason, context)
  return (disk as { folder: string }).folder
}

/** Every file below a folder, without the files of SQLite beside a library. */
const filesIn = (folder: string) => (readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => !/-(wal|shm)$/.test(name) && !statSync(join(folder, name)).isDirectory()).sort()

function expectFull({ code, out, err }: Awaited<ReturnType<typeof inProcess>>, command: string): void {
  // A run that would not fit is refused before it starts, as its input.
  const isRefused = err.includes('of disk space is left')
  expect({ command, code, err })
    .toEqual({
      command, code: isRefused ? 2 : 1,
      err: expect.stringMatching(isRefused ? /The experiment cannot be used/ : /The disk is full/),
    })
  expect(`${out}${err}`, command).not.toMatch(/damaged|restart the application|Error:/)
}

describe('fault 57: a disk that is full', () => {
  it.for([0, 60])('is called so by every command that writes to its library, with %i kB left', async (kilobytes, context) => {
    const folder = diskOf(2, context)
    const file = join(folder, 'library.chalcogen')
    copyFileSync(library, file)
    await json(file, 'backup')
    const [{ file: backup }] = await json(file, 'restore')
    fillUp(folder)
    const filler = join(folder, 'filler')
    truncateSync(filler, statSync(filler).size - 1024 * kilobytes)
    const before = filesIn(folder)
    const content = readFileSync(file)
    const commands = [
      ['restore', backup], ['backup'], ['import', archive], ['run', 'tiny.json'], ['sweep', 'sweep.json'],
      ...(kilobytes > 0 ? [] : [['archive', runId], ['trash', runId], ['compact'], ['retry', runId], ['queue'], ['delete', runId], ['list']]),
    ]
    for (const command of commands) {
      expectFull(await inProcess(command, home, file), command.join(' '))
      expect(filesIn(folder), command.join(' ')).toEqual(before)
    }
    rmSync(filler)
    if (kilobytes === 0) expect(readFileSync(file).equals(content)).toBe(true)
    expect(JSON.parse((await inProcess(['check', '--json'], home, file)).out).findings).toEqual([])
  })

  it('is called so by every command that writes a file to it, and leaves the file as it was', async (context) => {
    const folder = diskOf(1, context)
    const at = (name: string) => join(folder, name)
    const commands: string[][] = [
      ['export', runId, '--format', 'csv', '--out', at('csv')], ['export', runId, '--format', 'json', '--out', at('json')],
      ['export', runId, '--format', 'archive', '--out', at('archive')],
      ['tournament', sweepId, '--out', at('report')], ['run', 'tiny.json', '--figure', at('figure.svg')],
    ]
    const copy = join(temporaryFolder(), 'library.chalcogen')
    copyFileSync(library, copy)
    for (const command of [commands[1], commands[3]]) await inProcess(command!, home, copy)
    const before = filesIn(folder)
    expect(before.length).toBeGreaterThan(5)
    fillUp(folder)
    for (const command of [...commands, ['move', at('moved')]]) {
      expectFull(await inProcess(command, home, copy), command.join(' '))
      expect(filesIn(folder), command.join(' ')).toEqual([...before, 'filler'].sort())
    }
    expect(existsSync(copy)).toBe(true)
    await json(copy, 'list')
  })

  it('is called so by every change of an open library', async (context) => {
    const folder = diskOf(2, context)
    const file = join(folder, 'library.chalcogen')
    copyFileSync(library, file)
    const app = await openApp(file)
    await app.configure({ backupEvery: 5 })
    const freeSpace = fillUp(folder)
    const spec = requireReadable(await app.overview(runId)).spec
    const big = { title: 'Big', description: 'x'.repeat(4000), provenance: 'y'.repeat(4000), spec }
    const changes: [string, () => Promise<unknown>][] = [
      ['import', () => app.importRuns(archive)], ['backup', () => app.backUp()],
      ['settings', () => many(() => app.configure({ workers: 3 }))],
      ['presets', () => many((n) => app.savePreset({ ...big, title: `Big ${n}` }))],
      ['shelve', () => many(() => app.shelve([runId], 'archive'))],
    ]
    for (const [name, change] of changes) {
      const error = await change().then(() => null, (failure: Error & { code?: string }) => failure)
      expect({ name, code: error?.code, message: error?.message })
        .toEqual({ name, code: 'disk-full', message: expect.stringContaining('The disk is full') })
    }
    freeSpace()
    await app.shelve([runId], 'archive')
    await app.close()
  })

  /** The log has some room left in its last page, so that a small change may still fit. */
  async function many(change: (n: number) => Promise<unknown>): Promise<void> {
    for (let n = 0; n < 100; n++) await change(n)
  }

  it('keeps the preferences of the window, and says why they were not saved', (context) => {
    const folder = diskOf(1, context)
    const file = join(folder, 'preferences.json')
    openPreferences(file).change({ askBeforeQuit: false })
    fillUp(folder)
    const preferences = openPreferences(file)
    expect(() => preferences.change({ askBeforeQuit: true })).toThrow(/The disk is full\. .*preferences\.json was not written/)
    expect(preferences.current).toEqual({ askBeforeQuit: false })
    expect(openPreferences(file).current).toEqual({ askBeforeQuit: false })
    expect(readdirSync(folder).sort()).toEqual(['filler', 'preferences.json'])
  })

  it('does not keep a window from closing', (context) => {
    const folder = diskOf(1, context)
    fillUp(folder)
    let close = () => {}
    const window = {
      on: (_: string, listener: () => void) => { close = listener }, getNormalBounds: () => ({}), isMaximized: () => false,
    }
    keepWindowState(window as never, join(folder, 'window.json'))
    expect(close).not.toThrow()
    expect(readdirSync(folder)).toEqual(['filler'])
  })

  it('is called so if it has no room for another file', async (context) => {
    const folder = temporaryFolder()
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,nr_inodes=6', 'chalcogen-test', folder])
    if (mounted.status !== 0) skipFor('only root on Linux can mount a small disk', context)
    try {
      const file = join(folder, 'library.chalcogen')
      copyFileSync(library, file)
      for (let n = 0; existsSync(folder) && n < 10; n++) {
        try {
          writeFileSync(join(folder, `inode${n}`), '')
        } catch {
          break
        }
      }
      for (const command of [['list'], ['archive', runId], ['backup'], ['run', 'tiny.json']]) {
        expectFull(await inProcess(command, home, file), command.join(' '))
      }
    } finally {
      spawnSync('umount', ['-l', folder])
    }
  })
})

describe('fault 58: a path that is too long', () => {
  const folderOf = (bytes: number) => {
    const top = temporaryFolder()
    let folder = top
    while (bytes - folder.length > 60) folder = join(folder, 'f'.repeat(40))
    folder = join(folder, 'g'.repeat(Math.max(1, bytes - folder.length - 1)))
    mkdirSync(folder, { recursive: true })
    return folder
  }

  it.for([
    ['run', (file: string) => ['run', 'tiny.json', '--library', file]], ['list', (file: string) => ['list', '--library', file]],
    ['check', (file: string) => ['check', '--library', file]], ['import', (file: string) => ['import', archive, '--library', file]],
  ] as const)('is named by %s with its length and the limit', async ([, command]) => {
    const file = join(folderOf(520), 'library.chalcogen')
    copyFileSync(library, file)
    const { code, err } = await inProcess([...command(file)], home, library)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`The path is ${file.length} bytes long, but SQLite takes at most 504`) })
  })

  it('is refused where only its drafts or backups would be too long, and used where they fit', async () => {
    const folder = folderOf(504 - '/library.chalcogen'.length)
    const file = join(folder, 'library.chalcogen')
    expect(await inProcess(['run', 'tiny.json', '--library', file], home, library))
      .toMatchObject({ code: 2, err: expect.stringMatching(/The path is 504 bytes long, but SQLite takes at most \d+ here/) })
    copyFileSync(library, file)
    expect(await inProcess(['list', '--library', file], home, library)).toMatchObject({ code: 0 })
    expect(await inProcess(['backup', '--library', file], home, library))
      .toMatchObject({ code: 2, err: expect.stringMatching(/The path is 504 bytes long, but SQLite takes at most \d+ here/) })
  })

  it('is named if it is a name', async () => {
    const file = join(temporaryFolder(), `${'é'.repeat(125)}.chalcogen`)
    for (const command of ['run tiny.json', 'list']) {
      expect(await inProcess([...command.split(' '), '--library', file], home, library))
        .toMatchObject({ code: 2, err: expect.stringMatching(/The name é+\.chalcogen is 260 bytes long, but at most \d+ fit/) })
    }
    const out = await inProcess(['export', runId, '--format', 'csv', '--out', join(temporaryFolder(), 'x'.repeat(300))], home, library)
    expect(out).toMatchObject({ code: 1, err: expect.stringContaining('The path or a name in it is too long') })
  })

  test('counts bytes, not characters', () => {
    expect(() => refuseLongPath(`/${'ü/'.repeat(160)}l`)).not.toThrow()
    expect(() => refuseLongPath(`/${'ü/'.repeat(170)}l`)).toThrow('The path is 512 bytes long')
  })
})
