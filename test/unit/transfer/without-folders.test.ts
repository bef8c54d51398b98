import { expect, test } from 'vitest'
import { withoutFolders } from '../../../src-main/transfer/without-folders.ts'
import type { RunSource } from '../../../src-main/transfer/run-source.ts'
import { run } from './support.ts'

const fileOf = async (file: string) => {
  const { epochs, ...kept } = run()
  const spec = { ...kept.spec, task: { kind: 'signal', file, samples: [1, 2] } as unknown as typeof kept.spec.task }
  const whole: RunSource = { overview: async () => ({ ...kept, spec }), epochs: async function* () { yield epochs } }
  const found = await withoutFolders(whole).overview('0run00001')
  return 'spec' in found && found.spec.task.kind === 'signal' ? found.spec.task.file : null
}

test.each([
  ['/home/alice/secret project/tide.csv', 'tide.csv'], ['C:\\Users\\alice\\tide.npy', 'tide.npy'], ['../data/tide.csv', 'tide.csv'],
  ['tide.csv', 'tide.csv'], ['example:co2-concentration.csv', 'example:co2-concentration.csv'],
])('an export names the signal file %s as %s', async (file, name) => expect(await fileOf(file)).toBe(name))
