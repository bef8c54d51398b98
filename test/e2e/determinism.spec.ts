import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { arithmetics, kernelsModule } from '../fixtures/kernels.ts'
import { smallRuns } from '../fixtures/small-runs.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

const documents = arithmetics.flatMap(smallRuns)

function onNode(document: unknown): string {
  const spec = parseSpec(document, 'test')
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  while (!trainer.done) trainer.step()
  return createHash('sha256').update(trainer.digest()).digest('hex')
}

async function inTheWindow({ page }: Laboratory, document: unknown): Promise<string> {
  const { value } = await call(page, 'runs.start', { spec: document }) as { value: { runId: string } }
  const summary = async () => {
    const { value: detail } = await call(page, 'runs.get', { runId: value.runId }) as { value: { summary: { digest: string | null } } }
    return detail.summary.digest
  }
  await expect.poll(summary, { timeout: 60_000 }).not.toBeNull()
  return (await summary())!
}

test('every scheme gives the same bits in Electron and on Node, in both arithmetics', async () => {
  const lab = await open(await newFolder())
  const digests = await Promise.all(documents.map((document) => inTheWindow(lab, document)))
  expect(digests).toEqual(documents.map(onNode))
  await lab.close()
})
