import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../fixtures/heap-of-a-run.ts', import.meta.url))
// Young objects are collected only where the script asks for it.
const flags = ['--expose-gc', '--max-semi-space-size=64']
const SLOW = 120_000

async function measure<Answer>(...words: string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, ...words])
  return JSON.parse(stdout) as Answer
}

it('holds no more after 2,000 epochs than after 500', { timeout: SLOW }, async () => {
  const [early, late] = await measure<number[]>('held', '500', '2000')
  // Two metrics of each epoch are kept for the digest; the outputs of 3,000 sequences would be 2 MB.
  expect(late - early).toBeLessThan(500_000)
})

it.each(['fp32', 'mixed-precision'])('allocates nothing at a step: %s', { timeout: SLOW }, async (kind) => {
  const [short, long] = [await measure<number>('allocated', kind, '1000'), await measure<number>('allocated', kind, '3000')]
  // Output, target and spikes of the sequence itself are handed to whoever watches.
  const record = 2 * 4 + 8
  expect((long - short) / 2000).toBeLessThan(record + 16)
})
