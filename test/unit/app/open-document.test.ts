import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDocument } from '../../../src-main/app/open-document.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const resources = join(import.meta.dirname, '../../../resources')
const task = (file: string, more: object = {}) => ({ kind: 'signal', file, ...more })

async function opened(document: Record<string, unknown>, others: Record<string, unknown> = {}) {
  const folder = join(temporaryFolder(), 'specs')
  mkdirSync(join(folder, 'near'), { recursive: true })
  for (const [name, content] of Object.entries({ ...others, 'document.json': document })) writeFileSync(join(folder, name), JSON.stringify(content))
  const { text, files } = await openDocument(document, join(folder, 'document.json'), resources)
  return { folder, document: JSON.parse(text) as unknown, files }
}

test('a relative signal file of a spec starts at its folder, and may be read below it', async () => {
  const { folder, document, files } = await opened({ seed: 3, task: task('x.csv') })
  expect(document).toEqual({ seed: 3, task: task(join(folder, 'x.csv')) })
  expect(files).toEqual([join(folder, 'x.csv')])
})

test('so do those of the experiment that a sweep names, of its variants and of its axes', async () => {
  const sweep = {
    spec: 'near/spec.json', variants: [{ label: 'a', changes: { 'task.file': 'a.csv' } }, { label: 'b', changes: {} }],
    axes: [{ kind: 'list', path: 'task.file', values: ['b.csv', 'near/c.csv'] }, { kind: 'list', path: 'task.steps', values: [5] }],
  }
  const { folder, document, files } = await opened(sweep, { 'near/spec.json': { task: task('x.csv') } })
  const at = (name: string) => join(folder, name)
  expect(document).toEqual({
    spec: { task: task(at('near/x.csv')) }, variants: [{ label: 'a', changes: { 'task.file': at('a.csv') } }, { label: 'b', changes: {} }],
    axes: [{ kind: 'list', path: 'task.file', values: [at('b.csv'), at('near/c.csv')] }, { kind: 'list', path: 'task.steps', values: [5] }],
  })
  expect(files).toEqual(['near/x.csv', 'a.csv', 'b.csv', 'near/c.csv'].map(at))
})

test('a file elsewhere is named and not allowed, and network paths, devices, shipped files and kept samples stay as they are', async () => {
  const outside = await opened({ task: task('../x.csv') })
  expect(outside).toMatchObject({ document: { task: task(join(outside.folder, '../x.csv')) }, files: [] })
  for (const file of ['//server/x.csv', '\\\\server\\x.csv', '/dev/zero', 'example:co2.csv']) {
    expect(await opened({ task: task(file) })).toMatchObject({ document: { task: task(file) }, files: [] })
  }
  expect(await opened({ task: task('x.csv', { samples: [1, 2] }) })).toMatchObject({ document: { task: task('x.csv') }, files: [] })
})

test('what is no spec stays as it is, for the window to say so', async () => {
  expect(await opened({ task: 5, axes: 'x', variants: [3], spec: null })).toMatchObject({ document: { task: 5 }, files: [] })
})
