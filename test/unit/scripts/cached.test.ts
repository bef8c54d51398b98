import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cached } from '../../../scripts/runtime/cached.ts'
import { verify } from '../../../scripts/runtime/npm-package.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const maker = (content: string) => async (workshop: string) => {
  const file = join(workshop, 'made')
  writeFileSync(file, content)
  return file
}

test('what is made is kept and made only once', async () => {
  const place = join(temporaryFolder(), 'cache/thing')
  await cached(place, maker('first'))
  await cached(place, maker('second'))
  expect(readFileSync(place, 'utf8')).toBe('first')
})

test('a failed attempt leaves nothing, and the next one starts afresh', async () => {
  const folder = temporaryFolder()
  const place = join(folder, 'thing')
  const failing = async (workshop: string) => {
    writeFileSync(join(workshop, 'half'), 'half')
    throw new Error('cable pulled')
  }
  await expect(cached(place, failing)).rejects.toThrow('cable pulled')
  expect(readdirSync(folder)).toEqual([])
  await cached(place, maker('whole'))
  expect(readFileSync(place, 'utf8')).toBe('whole')
})

test('what a killed attempt left beside the place is not taken for the whole', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, '.making-thing-abc123'))
  writeFileSync(join(folder, '.making-thing-abc123/made'), 'half')
  await cached(join(folder, 'thing'), maker('whole'))
  expect(readFileSync(join(folder, 'thing'), 'utf8')).toBe('whole')
})

test('of two at once the first to finish is kept', async () => {
  const place = join(temporaryFolder(), 'thing')
  const slowly = async (workshop: string) => {
    await cached(place, maker('quick'))
    return maker('slow')(workshop)
  }
  await cached(place, slowly)
  expect(readFileSync(place, 'utf8')).toBe('quick')
})

test('a download that is not what was pinned is refused and nothing of it kept', async () => {
  const folder = temporaryFolder()
  const download = async (workshop: string) => {
    const file = await maker('tampered with')(workshop)
    await verify(file, 'bm90IHRoaXM=')
    return file
  }
  await expect(cached(join(folder, 'runtime'), download)).rejects.toThrow(/not what was pinned/)
  expect(readdirSync(folder)).toEqual([])
})

test('a download that is what was pinned is accepted', async () => {
  const file = await maker('abc')(temporaryFolder())
  const published = '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='
  await expect(verify(file, published)).resolves.toBeUndefined()
})
