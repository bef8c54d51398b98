import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Spec, specSchema } from '../../../src-engine/experiment/spec.ts'
import { expandSweep } from '../../../src-engine/sweep/expand-sweep.ts'
import { type DocumentKind, documentThreads, readDocument } from '../../../src-main/app/documents.ts'
import { builtFile } from '../../fixtures/built.ts'
import { longestExperiment, longestSweep, refusedDocuments } from '../../fixtures/hostile/heavy-documents.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

const resources = join(import.meta.dirname, '../../../resources')
const kinds: DocumentKind[] = ['experiment', 'sweep', 'study', 'settings', 'figure']

function threads(heapMb?: number) {
  const own = documentThreads(builtFile('app/document.worker'), resources, heapMb)
  onTestFinished(() => own.close())
  return own
}

/** Characters of the longest text that this thread parses meanwhile. How long it takes, the bench of the main process measures. */
async function longestParsedHere(work: () => Promise<unknown>): Promise<number> {
  const parse = vi.spyOn(JSON, 'parse')
  try {
    await work()
    return Math.max(0, ...parse.mock.calls.map(([text]) => text.length))
  } finally {
    parse.mockRestore()
  }
}

describe('documents of 10 MB that would take seconds', () => {
  it.for(refusedDocuments)('%s: refused in the thread, which reads the next one', async ([, text, rule]) => {
    const own = threads()
    const [heavy, file] = [text(), join(temporaryFolder(), 'heavy.json')]
    writeFileSync(file, heavy)
    for (const kind of kinds) await expect(own.read(kind, { file, name: 'heavy.json' })).rejects.toMatchObject({ name: 'BadInput' })
    const refusal = own.read('experiment', { text: heavy, name: 'heavy.json' })
    await expect(refusal).rejects.toMatchObject({ name: 'BadInput', message: expect.stringMatching(rule) })
    expect(JSON.parse((await own.read('experiment', { text: '{"seed": 7}', name: 'good.json' })).text)).toEqual(specSchema.parse({ seed: 7 }))
    expect(await longestParsedHere(() => own.read('experiment', { text: heavy, name: '' }).catch(() => {}))).toBe(0)
  })

  it('a signal of a million samples comes as a text, which the main thread does not parse', async () => {
    const own = threads()
    const text = longestExperiment()
    let read = ''
    expect(await longestParsedHere(async () => { read = (await own.read('experiment', { text, name: '' })).text })).toBe(0)
    expect((JSON.parse(read) as Spec).task).toMatchObject({ kind: 'signal', samples: { length: 1_000_000 } })
  })
})

it('what fills the heap ends its thread only, and is named', async () => {
  const own = threads(24)
  await expect(own.read('experiment', { text: longestExperiment(), name: 'long.json' })).rejects.toMatchObject({
    name: 'BadInput', message: expect.stringContaining('long.json needs more than 24 MB of memory to be read'),
  })
  expect(await own.read('sweep', { text: '{"spec":{}}', name: '' })).toEqual({ text: '{"spec":{}}', files: [] })
})

it('a file that is missing keeps the code of its error', async () => {
  const missing = { file: join(temporaryFolder(), 'missing.json'), name: 'missing.json' }
  await expect(threads().read('settings', missing)).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(readDocument('settings', missing)).rejects.toMatchObject({ code: 'ENOENT' })
})

it('the arms of a sweep share the samples of one signal', () => {
  const expanded = expandSweep(JSON.parse(longestSweep(3)))
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems))
  const [first, ...others] = expanded.arms.map(({ spec }) => ('samples' in spec.task ? spec.task.samples : undefined))
  expect(first).toHaveLength(1_000_000)
  for (const other of others) expect(other).toBe(first)
})
