import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { digestOfEngine } from '../../scripts/digest/engine.ts'
import { busy, openApp, startRun, temporaryFolder } from './support.ts'

const read = (name: string) => readFileSync(join('src-engine', name), 'utf8')

/** Digest of the engine after one replacement in one of its sources. */
function digestAfter(file: string, from: string | RegExp, to: string): string {
  const changed = read(file).replace(from, to)
  if (changed === read(file)) throw new Error(`${file} does not contain ${from}`)
  return digestOfEngine((name) => (name === file ? changed : read(name)), [])
}

const here = digestOfEngine(read, [])

test.each([
  ['experiment/spec.ts', /help: '[^']*'/, 'help: \'Another text.\''],
  ['experiment/schemes/sign.ts', /title: '[^']*'/, 'title: \'Another title\''],
  ['experiment/schemes/sign.ts', 'okabeIto.orange', 'okabeIto.green'],
  ['format/colours.ts', /'#[^']*'/, '\'#123456\''],
  ['experiment/metrics.ts', 'title: \'MSE\'', 'title: \'Error\''],
  ['experiment/tasks/sinusoids.ts', /help: '[^']*'/, 'help: \'Another text.\''],
  ['task/signal.ts', 'must have at least', 'must not have less than'],
  ['experiment/tasks/signal.ts', /rule: '[^']*'/, 'rule: \'must be another text\''],
  ['device/device-array.ts', '/**', '/** Another comment.'],
  ['experiment/devices/pcm.ts', 'title: \'PCM model\'', 'title: \'Another title\''],
  ['kernels/assembly/lanes.ts', '/** a + b·x */', '/** Another comment. */'],
])('fault 44: a changed text, colour or comment in %s leaves the engine the same', (file, from, to) => {
  expect(digestAfter(file, from, to)).toBe(here)
})

test.each([
  ['experiment/devices/pcm.ts', /(\d\.\d+),/, '0.123,'],
  ['experiment/devices/performance.ts', 'smallestJump: 0.75', 'smallestJump: 0.5'],
  ['device/device-array.ts', 'Math.sqrt', '-Math.sqrt'],
  ['kernels/traces.ts', 'Math.', '-Math.'],
  ['kernels/elementary.ts', /LN2_HIGH = .*/, 'LN2_HIGH = 0.5'],
  ['random/stream.ts', '+ 0.5) * 2 ** -32', '+ 0.25) * 2 ** -32'],
  ['task/mean-squared-error.ts', 'output[k]! - target[k]!', 'target[k]! - output[k]!'],
  ['kernels/assembly/lanes.ts', '-0.499999976', '-0.499999975'],
])('fault 44: a changed constant of %s makes another engine', (file, from, to) => {
  expect(digestAfter(file, from, to)).not.toBe(here)
})

test('fault 44: a checkpoint resumes after a text has changed, but not after a law has changed', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const before = await openApp(file, { engineDigest: here })
  const runId = await startRun(before, { ...busy, training: { epochs: 100_000 } })
  await vi.waitUntil(async () => (await before.get(runId)).summary.checkpoint !== null, 20_000)
  await before.close()

  const otherLaw = await openApp(file, { engineDigest: digestAfter('experiment/devices/pcm.ts', 'smallestJump: 0.75', 'smallestJump: 0.5') })
  await expect(otherLaw.resume(runId)).rejects.toMatchObject({ code: 'other-engine' })
  await otherLaw.close()

  const otherText = await openApp(file, { engineDigest: digestAfter('experiment/spec.ts', /help: '[^']*'/, 'help: \'Another text.\'') })
  await otherText.resume(runId)
  expect((await otherText.get(runId)).summary.status).toMatch(/queued|running/)
  await otherText.stop(runId)
})

test('fault 44: a study continues after a text has changed', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const study = { name: 'A study', spec: { ...busy, training: { epochs: 2 } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [0.01, 0.02] }], seeds: [1] }
  const before = await openApp(file, { engineDigest: here })
  const sweepId = await before.startOrResumeSweep(study)
  await before.sweeps.finished(sweepId)
  await before.close()
  const after = await openApp(file, { engineDigest: digestAfter('experiment/schemes/sign.ts', /title: '[^']*'/, 'title: \'Another title\'') })
  expect(await after.startOrResumeSweep(study)).toBe(sweepId)
  expect(await after.list()).toHaveLength(2)
})
