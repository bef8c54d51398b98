import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { writeArchive } from '../../src-main/transfer/archive/archive.ts'
import { skipFor } from './support.ts'
import { array, memoryLibrary, readAll, run, temporaryFolder } from '../unit/transfer/archive/support.ts'

const disk = vi.hoisted(() => ({ done: [] as string[], failsAt: Infinity }))
beforeEach(() => failingAt(Infinity))
const failingAt = (operation: number) => Object.assign(disk, { done: [], failsAt: operation })

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const watched = <T>(name: string, operation: () => T): T => {
    if (disk.done.push(name) === disk.failsAt) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    return operation()
  }
  const draft = (handle: FileHandle) => ({
    writeFile: async (content: AsyncIterable<Uint8Array>) => {
      for await (const chunk of content) await watched('write', () => handle.write(chunk))
    },
    sync: async () => watched('sync', () => handle.sync()),
    close: async () => {
      await handle.close()
      watched('close', () => null)
    },
  })
  return {
    ...real,
    open: async (file: string, mode?: string) =>
      (mode === 'wx' ? draft(await watched('open', () => real.open(file, mode))) : real.open(file, mode)),
    rename: async (from: string, to: string) => watched('rename', () => real.rename(from, to)),
  }
})

const noise = (bytes: number) => array({ shape: [bytes], data: new Uint16Array(randomBytes(2 * bytes).buffer) })
const library = memoryLibrary(['0run0000a', '0run0000b'].map((runId) => run({ runId }, { arrays: [noise(50_000)] })))
const write = (file: string) => writeArchive(library, ['0run0000a', '0run0000b'], file)

function folderWith(content: string): { folder: string; file: string } {
  const folder = temporaryFolder()
  const file = join(folder, 'some.chalcogen-runs.zip')
  writeFileSync(file, content)
  return { folder, file }
}

it('fault 15: if any file operation fails while an archive is written, the existing file is not changed', async () => {
  for (let operation = 1; ; operation++) {
    failingAt(operation)
    const { folder, file } = folderWith('before')
    const error: unknown = await write(file).then(() => null, (thrown: unknown) => thrown)
    expect(readdirSync(folder)).toEqual(['some.chalcogen-runs.zip'])
    if (error === null) break
    expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('The disk is full') })
    expect(readFileSync(file, 'utf8')).toBe('before')
  }
  expect(disk.done.length).toBeGreaterThan(10)
  expect(disk.done[0]).toBe('open')
  expect(disk.done.slice(-4)).toEqual(['write', 'sync', 'close', 'rename'])
})

it('stops reading from the library after a failure', async () => {
  const arrays = Array.from({ length: 500 }, (_, index) => array({ name: String(index) }))
  const whole = memoryLibrary([run({}, { arrays })])
  let reads = 0
  const counting: typeof whole = { ...whole, array: (...which) => (reads++, whole.array(...which)) }
  failingAt(20)
  await expect(writeArchive(counting, ['0run00001'], folderWith('').file)).rejects.toThrow('ENOSPC')
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(reads).toBeLessThan(200)
})

it('fault 18: a full disk leaves the existing file and no draft', async (context) => {
  const folder = join(temporaryFolder(), 'small')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    skipFor('only root on Linux can mount a small disk', context)
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  const file = join(folder, 'some.chalcogen-runs.zip')
  writeFileSync(file, 'before')
  await expect(write(file)).rejects.toThrow('ENOSPC')
  expect(readdirSync(folder)).toEqual(['some.chalcogen-runs.zip'])
  expect(readFileSync(file, 'utf8')).toBe('before')
})

it('a successful write replaces the existing file', async () => {
  const { folder, file } = folderWith('before')
  await write(file)
  expect(readdirSync(folder)).toEqual(['some.chalcogen-runs.zip'])
  expect(await readAll(file)).toHaveLength(2)
})
