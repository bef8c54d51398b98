import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inProcess } from './program.ts'

vi.setConfig({ testTimeout: 120_000 })

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 },
  training: { epochs: 8 },
  recording: { snapshotEvery: 0 },
}
const variants = [
  { label: 'Mixed', changes: { 'scheme.kind': 'mixed-precision' } },
  { label: 'Sign', changes: { 'scheme.kind': 'sign' } },
]

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

const chalcogen = (...args: string[]) => inProcess(args, dir, path.join(dir, 'library.chalcogen'))
const write = (name: string, document: object) => writeFileSync(path.join(dir, name), JSON.stringify(document))

async function json(...args: string[]) {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

test('compares arms by paired seeds, writes a report, and applies another budget without new runs', async () => {
  write('tiny.json', tiny)
  write('sweep.json', { name: 'Two schemes', spec: 'tiny.json', variants, seeds: [1, 2, 3], comparison: { reference: 'Mixed' } })
  const whole = await json('tournament', 'sweep.json', '--out', 'report')
  expect(whole).toMatchObject({ reference: 'Mixed', budget: { kind: 'epochs' } })
  const sign = whole.arms.find(({ label }: { label: string }) => label === 'Sign')
  expect(sign).toMatchObject({ sample: { n: 3 }, test: { pairs: 3 } })
  expect(sign.set).toBeGreaterThan(0)
  expect(whole.files.every((file: string) => existsSync(file))).toBe(true)
  expect(readFileSync(path.join(dir, 'report/results.md'), 'utf8')).toContain('| Sign | 3 |')

  const runs = await json('list')
  const half = await json('tournament', whole.sweepId, '--budget', `set=${Math.round(sign.set / 2)}`)
  expect(half.arms.find(({ label }: { label: string }) => label === 'Sign').set).toBeLessThan(sign.set)
  expect(await json('list')).toHaveLength(runs.length)
})

test('refuses an invalid budget', async () => {
  const { code, err } = await chalcogen('tournament', 'sweep.json', '--budget', 'pulses=3')
  expect(code).toBe(2)
  expect(err).toContain('epochs, set=100000, energy=5 or write-energy=5')
})

test('ablates the devices of a saved run, and refuses a run with digital weights', async () => {
  write('mixed.json', { ...tiny, scheme: { kind: 'mixed-precision' } })
  const { runId } = await json('run', 'mixed.json')
  const { arms, reference } = await json('ablate', runId, '--seeds', '1')
  expect(reference).toBe('all on')
  expect(arms.map(({ label }: { label: string }) => label)).toContain('no drift')
  write('digital.json', tiny)
  const refused = await chalcogen('ablate', 'digital.json')
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('uses no devices')
})
