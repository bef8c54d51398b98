import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../fixtures/heap-of-a-run.ts', import.meta.url))
// With a large semi-space, young objects are collected only if the script asks for it.
const flags = ['--expose-gc', '--max-semi-space-size=64']
const SLOW = 120_000

async function measure<Answer>(...words: string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, ...words])
  return JSON.parse(stdout) as Answer
}

it('a trainer uses no more memory after 2,000 epochs than after 500', { timeout: SLOW }, async () => {
  const [early, late] = await measure<number[]>('held', '500', '2000')
  // Only two metrics per epoch are kept, for the digest. The outputs of 3,000 sequences would be 2 MB.
  expect(late! - early!).toBeLessThan(500_000)
})

it.each(['fp32', 'mixed-precision'])('a step allocates only its record: %s', { timeout: SLOW }, async (kind) => {
  const [short, long] = [await measure<number>('allocated', kind, '1000'), await measure<number>('allocated', kind, '3000')]
  // Output, target and spikes of the sequence are new arrays that the receiver owns.
  const record = 2 * 4 + 8
  expect((long - short) / 2000).toBeLessThan(record + 16)
})
