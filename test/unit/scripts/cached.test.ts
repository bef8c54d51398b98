import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { cached } from '../../../scripts/runtime/cached.ts'
import { verify } from '../../../scripts/runtime/npm-package.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const maker = (content: string) => async (workFolder: string) => {
  const file = join(workFolder, 'made')
  writeFileSync(file, content)
  return file
}

test('a cached file is created only once', async () => {
  const place = join(temporaryFolder(), 'cache/thing')
  await cached(place, maker('first'))
  await cached(place, maker('second'))
  expect(readFileSync(place, 'utf8')).toBe('first')
})

test('a failed attempt leaves nothing behind, and the next one starts from the beginning', async () => {
  const folder = temporaryFolder()
  const place = join(folder, 'thing')
  const failing = async (workFolder: string) => {
    writeFileSync(join(workFolder, 'half'), 'half')
    throw new Error('cable pulled')
  }
  await expect(cached(place, failing)).rejects.toThrow('cable pulled')
  expect(readdirSync(folder)).toEqual([])
  await cached(place, maker('whole'))
  expect(readFileSync(place, 'utf8')).toBe('whole')
})

test('the remains of a killed attempt are not used', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, '.making-thing-abc123'))
  writeFileSync(join(folder, '.making-thing-abc123/made'), 'half')
  await cached(join(folder, 'thing'), maker('whole'))
  expect(readFileSync(join(folder, 'thing'), 'utf8')).toBe('whole')
})

test('if two attempts run at once, the first to finish is kept', async () => {
  const place = join(temporaryFolder(), 'thing')
  const slowly = async (workFolder: string) => {
    await cached(place, maker('quick'))
    return maker('slow')(workFolder)
  }
  await cached(place, slowly)
  expect(readFileSync(place, 'utf8')).toBe('quick')
})

test('a download with a wrong checksum is refused and deleted', async () => {
  const folder = temporaryFolder()
  const download = async (workFolder: string) => {
    const file = await maker('tampered with')(workFolder)
    await verify(file, 'bm90IHRoaXM=')
    return file
  }
  await expect(cached(join(folder, 'runtime'), download)).rejects.toThrow(/does not match its pinned checksum/)
  expect(readdirSync(folder)).toEqual([])
})

test('a download with the pinned checksum is accepted', async () => {
  const file = await maker('abc')(temporaryFolder())
  const published = '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='
  await expect(verify(file, published)).resolves.toBeUndefined()
})

test.each<[what: string, tamper: (place: string) => void]>([
  ['another program', (place) => writeFileSync(join(place, 'electron'), '#!/bin/sh\nid', { mode: 0o755 })],
  ['one more file', (place) => writeFileSync(join(place, 'preload.so'), 'x')],
  ['a file that became a program', (place) => chmodSync(join(place, 'text'), 0o755)],
  ['a link in the place of a file', (place) => { rmSync(join(place, 'text')); symlinkSync('/etc/passwd', join(place, 'text')) }],
  ['a missing record', (place) => rmSync(`${place}.sha256`)],
])('%s in the cache is not used: it is created again', async (_what, tamper) => {
  const place = join(temporaryFolder(), 'cache/runtime')
  let times = 0
  const make = async (workFolder: string) => {
    times++
    const folder = join(workFolder, 'made')
    mkdirSync(folder)
    writeFileSync(join(folder, 'electron'), 'program', { mode: 0o755 })
    writeFileSync(join(folder, 'text'), 'text', { mode: 0o644 })
    return folder
  }
  await cached(place, make)
  await cached(place, make)
  expect(times).toBe(1)
  tamper(place)
  await cached(place, make)
  expect(times).toBe(2)
  expect(readdirSync(place)).toEqual(['electron', 'text'])
  expect(readFileSync(join(place, 'electron'), 'utf8')).toBe('program')
})

test('the folder of the cache is only for the user, and one of another user is refused', async () => {
  const folder = join(temporaryFolder(), 'cache')
  mkdirSync(folder, { mode: 0o777 })
  chmodSync(folder, 0o777)
  await cached(join(folder, 'thing'), maker('x'))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  vi.spyOn(process as { getuid(): number }, 'getuid').mockReturnValue(12_345)
  await expect(cached(join(folder, 'thing'), maker('x'))).rejects.toThrow('belongs to another user')
  vi.restoreAllMocks()
})
