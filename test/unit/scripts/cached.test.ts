import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
