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

// On a very busy machine, even the least allocations include those of other threads. Code that allocates does so in every attempt.
it.each(['fp32', 'mixed-precision'])('a step allocates only its record: %s', { timeout: SLOW, retry: 4 }, async (kind) => {
  const steps = 3000
  // Output, target and spikes of the sequence are new arrays that the receiver owns.
  const record = 2 * 4 + 8
  expect(await measure<number>('allocated', kind, `${steps}`) / steps).toBeLessThan(record + 16)
})
