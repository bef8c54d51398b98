import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { saveFile } from '../../../src-main/desktop/save-file.ts'

const folder = () => mkdtemp(join(tmpdir(), 'save-'))

test('a file is written whole, over an older one', async () => {
  const dir = await folder()
  await writeFile(join(dir, 'a.svg'), 'something much longer than the new content')
  await saveFile(join(dir, 'a.svg'), '<svg/>')
  expect(await readFile(join(dir, 'a.svg'), 'utf8')).toBe('<svg/>')
  expect(await readdir(dir)).toEqual(['a.svg'])
})

test('a failure leaves no part of a file', async () => {
  const dir = await folder()
  await mkdir(join(dir, 'taken.svg'))
  await expect(saveFile(join(dir, 'taken.svg'), '<svg/>')).rejects.toThrow()
  expect(await readdir(dir)).toEqual(['taken.svg'])
})
