import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { SignalSpec } from '../../../src-engine/experiment/task.ts'
import { signalChoiceSchema } from '../../../src-main/contract/signal.ts'
import { signalThreads } from '../../../src-main/app/signal-thread.ts'
import { builtFile } from '../../fixtures/built.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const choice = signalChoiceSchema.parse({})
const rows = 300_000

function fileOf(content: string): string {
  const file = join(temporaryFolder(), 'signal.csv')
  writeFileSync(file, content)
  return file
}

function threads(heapMb?: number) {
  const own = signalThreads(builtFile('app/signal.worker'), heapMb)
  onTestFinished(() => own.close())
  return own
}

const taskOf = (file: string) => parseSpec({ task: { kind: 'signal', file } }, 'test').task as SignalSpec

const long = (length = rows) => fileOf(`t;x\n${Array.from({ length }, (_, row) => `${row},5;${row % 7},25\n`).join('')}`)

test('reads a file in a thread, and reports its progress', async () => {
  const shares: number[] = []
  const file = long()
  const own = threads()
  own.warm()
  expect(await own.run('preview', { file, choice, part: 'head' })).toMatchObject({ isWhole: false, chosen: ['x'] })
  expect(await own.run('preview', { file, choice, part: 'whole' }, { onProgress: (share) => { shares.push(share) } })).toMatchObject({ samples: rows })
  expect(shares.every((share) => share > 0 && share < 1)).toBe(true)
})

test('a newer preview ends the one before, and so does a cancellation', async () => {
  const file = long()
  const own = threads()
  const first = own.run('preview', { file, choice, part: 'whole' }, { alone: true })
  const second = own.run('preview', { file, choice, part: 'whole' }, { alone: true })
  await expect(first).rejects.toMatchObject({ code: 'cancelled' })
  own.cancel('preview')
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  expect(await own.run('preview', { file, choice, part: 'head' })).toMatchObject({ isWhole: false })
})

test('a file that cannot be opened is refused', async () => {
  const missing = join(temporaryFolder(), 'missing.csv')
  await expect(threads().run('preview', { file: missing, choice, part: 'head' })).rejects.toMatchObject({
    name: 'BadInput', problems: [{ rule: 'does not exist. Choose another file' }],
  })
})

test('a row of delimiters alone takes no memory', async () => {
  const file = fileOf(`a,b\n1,2\n3,4\n${','.repeat(3_000_000)}\n`)
  expect(await threads().run('preview', { file, choice, part: 'whole' })).toMatchObject({ chosen: ['a'], samples: 2 })
})

test('a file that needs too much memory ends only its thread, and is named', async () => {
  const own = threads(20)
  const file = long(600_000)
  for (const run of [() => own.run('preview', { file, choice, part: 'whole' }), () => own.run('read', { file, task: taskOf(file) })]) {
    await expect(run()).rejects.toMatchObject({
      name: 'BadInput', message: `${file} needs more than 20 MB of memory to be read. Shorten it, or save its columns as NPY.`,
    })
    expect(await own.run('preview', { file: fileOf('x\n1\n2\n4\n'), choice, part: 'whole' })).toMatchObject({ samples: 3 })
  }
}, 60_000)
