import fc from 'fast-check'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LogFile } from '../../../../src-main/app/log/log-file.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'log-'))
const LIMIT = 200
const line = fc.string({ unit: fc.constantFrom('a', 'µ', ' ', '"'), minLength: 1, maxLength: 60 })

test('keeps the newest lines in at most three files of bounded size', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(line, { maxLength: 3 }), { maxLength: 30 }), async (bursts) => {
    const folder = newFolder()
    const file = new LogFile(folder, LIMIT)
    for (const burst of bursts) {
      for (const text of burst) file.append(text)
      await file.flushed()
    }
    const written = bursts.flat()
    const kept = await file.last(Infinity)
    expect(kept).toEqual(written.slice(written.length - kept.length))
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
    expect(sizes.length).toBeLessThanOrEqual(3)
    // A burst of three lines of 60 letters of two bytes fits no file of this limit, but is one write.
    expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(3 * 121)
    // Nothing is thrown away before the files are full.
    if (kept.length < written.length) expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(LIMIT)
    rmSync(folder, { recursive: true })
  }), { numRuns: 30 })
})

test('has the lines of two processes that write the same file', async () => {
  const folder = newFolder()
  const [one, other] = [new LogFile(folder), new LogFile(folder)]
  one.append('one')
  await one.flushed()
  other.append('other')
  expect(await other.last(2)).toEqual(['one', 'other'])
  expect(await one.last(1)).toEqual(['other'])
})

test('never fails in a folder that cannot be written, and writes what waited once it can', async () => {
  const folder = join(newFolder(), 'logs')
  writeFileSync(folder, 'a file is in the way')
  const file = new LogFile(folder)
  file.append('first')
  await file.flushed()
  file.append('second')
  expect(await file.last(100)).toEqual(['first', 'second'])
  rmSync(folder)
  file.append('third')
  await file.flushed()
  expect(readFileSync(join(folder, 'chalcogen.log'), 'utf8')).toBe('first\nsecond\nthird\n')
})

test('counts the lines for which it has no room while it cannot write', async () => {
  const folder = join(newFolder(), 'logs')
  writeFileSync(folder, '')
  const file = new LogFile(folder)
  for (let index = 0; index < 1005; index++) file.append(String(index))
  await file.flushed()
  rmSync(folder)
  file.append('lost too')
  await file.flushed()
  expect((await file.last(2))).toEqual(['999', '6 lines could not be written.'])
})

test('keeps the order of lines that are added while others are written', async () => {
  const file = new LogFile(newFolder())
  file.append('a')
  await Promise.resolve()
  await Promise.resolve()
  file.append('b')
  file.append('c')
  expect(await file.last(3)).toEqual(['a', 'b', 'c'])
})
