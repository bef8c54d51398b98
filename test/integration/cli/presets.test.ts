import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Papa from 'papaparse'
import { afterAll, describe, expect, it } from 'vitest'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import { busy, openApp } from '../../fixtures/application.ts'
import { inProcess } from './program.ts'

/** A whole experiment with every PCM non-ideality takes minutes on a slow machine, ms. */
const WHOLE_EXPERIMENT = 900_000

const dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
afterAll(() => rmSync(dir, { recursive: true }))

async function chalcogen(...args: string[]) {
  const { code, out, err } = await inProcess([...args, '--json'], dir, path.join(dir, 'library.chalcogen'))
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

interface PublishedRun { section: string, arm: string, seed: number, loss: number, set: number, search: number }
const runsFile = path.resolve(import.meta.dirname, '../../../docs/results/runs.csv')
const publishedRuns = Papa.parse<PublishedRun>(readFileSync(runsFile, 'utf8'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
/** Runs in docs/results with the settings of a preset: the best of the first search. Others have those of other searches. */
const publishedOf = (arm: string) => publishedRuns.filter((run) => run.section === 'schemes' && run.arm === arm && run.search === 1)
const published = (arm: string) => publishedOf(arm).find(({ seed }) => seed === 201)!

const onDevices = ['mixed-precision', 'multi-memristor', 'multi-memristor-8', 'sign', 'stochastic', 'update-ready']

describe('the shipped presets', () => {
  it('fp32 gives the loss of docs/results, and the same bits again', { timeout: WHOLE_EXPERIMENT }, async () => {
    const first = await chalcogen('run', 'pattern-generation/fp32', '--seed', '201')
    expect(first).toMatchObject({ preset: 'pattern-generation/fp32', epochs: 250, sequences: 750, lossLast20: expect.closeTo(published('FP32').loss, 14) })
    const again = await chalcogen('run', 'pattern-generation/fp32', '--seed', '201')
    expect(again.digest).toBe(first.digest)
  })

  it('mixed-precision gives the loss and SETs of docs/results with all noise on', { timeout: WHOLE_EXPERIMENT }, async () => {
    const { loss, set } = published('Mixed precision, full PCM model')
    const run = await chalcogen('run', 'pattern-generation/mixed-precision', '--seed', '201')
    expect(run).toMatchObject({ lossLast20: expect.closeTo(loss, 14), ledger: { set } })
    expect(run.ledger.refresh).toBeGreaterThan(0)
  })

  it('reach the required losses on seeds that no search saw', () => {
    const losses = (arm: string) => publishedOf(arm).map(({ loss }) => loss)
    const fp32 = losses('FP32')
    const mixed = losses('Mixed precision, full PCM model')
    expect([fp32.length, mixed.length]).toEqual([10, 10])
    expect(meanOf(fp32)).toBeLessThanOrEqual(0.012)
    expect(meanOf(mixed)).toBeLessThanOrEqual(0.0145)
    expect(Math.max(...mixed)).toBeLessThanOrEqual(0.018)
  })

  it('all run, and count READs if they have devices', { timeout: WHOLE_EXPERIMENT }, async () => {
    const presets: { id: string }[] = await chalcogen('presets')
    expect(presets.map(({ id }) => id)).toEqual([
      'imported-signal/co2',
      ...['accumulator', 'fp32', ...onDevices].map((scheme) => `pattern-generation/${scheme}`),
      ...onDevices.flatMap((scheme) => [`performance-mode-3-bits/${scheme}`, `performance-mode-8-bits/${scheme}`]),
    ].toSorted())
    // The rehearsal of the paper runs all presets of the performance mode.
    for (const { id } of presets.filter((preset) => !preset.id.startsWith('performance-mode'))) {
      const run = await chalcogen('run', id, '--set', 'training.epochs=1')
      expect(run).toMatchObject({ status: 'done', preset: id, loss: expect.any(Number) })
      const digital = id.endsWith('/fp32') || id.endsWith('/accumulator')
      expect(run.ledger.read > 0).toBe(!digital)
    }
  })
})

describe('verify-engine', () => {
  it('passes every check of the shipped references and of a given file', { timeout: WHOLE_EXPERIMENT }, async () => {
    const golden = path.resolve(import.meta.dirname, '../../../resources/golden/two-outputs.json')
    const checks: { name: string; pass: boolean }[] = await chalcogen('verify-engine', '--golden', golden)
    expect(checks).toHaveLength(2 * (201 + 98 + 9))
    expect(checks.filter(({ pass }) => !pass)).toEqual([])
  })
})

it('lists and runs a preset of the user from the library', async () => {
  const app = await openApp(path.join(dir, 'library.chalcogen'))
  const { id } = await app.savePreset({ title: 'Mine', description: '', provenance: 'by hand', spec: { ...busy, training: { epochs: 2 } } })
  await app.close()
  expect(await chalcogen('presets')).toContainEqual(expect.objectContaining({ id, own: true, title: 'Mine' }))
  expect(await chalcogen('run', id)).toMatchObject({ preset: id, epochsDone: 2, status: 'done' })
})
