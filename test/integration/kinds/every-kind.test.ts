import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { schemeKinds, schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { metricsOf, outputsOf } from '../../../src-engine/experiment/task.ts'
import { whyNotNir } from '../../../src-engine/nir/laws.ts'
import { requireReadable } from '../../../src-main/library/library.ts'
import { withKept } from '../../../src-main/library/samples.ts'
import { openApp } from '../../fixtures/application.ts'
import { networkFormats, runFormats } from '../../fixtures/export-formats.ts'
import { everyKind } from './kinds.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

it('trains, stores, exports and imports every kind', { timeout: 240_000 }, async () => {
  const app = await openApp(path.join(dir, 'library.chalcogen'))
  const runIds: string[] = []
  for (const [, spec] of everyKind) runIds.push(await app.start(spec))
  const ended = await Promise.all(runIds.map((runId) => app.finished(runId)))
  expect(ended.map(({ status, error }) => [status, error])).toEqual(everyKind.map(() => ['done', null]))
  const listed = (await app.list()).map(({ runId, epochsDone }) => [runId, epochsDone])
  expect(listed.sort()).toEqual(runIds.map((runId) => [runId, 3]).sort())

  for (const { format } of runFormats) expect(await app.exportRuns(runIds, format, dir)).not.toEqual([])
  for (const [index, [name, spec]] of everyKind.entries()) {
    const reason = whyNotNir(spec)
    for (const { format } of networkFormats) {
      const written = app.exportRuns([runIds[index]!], format, dir)
      if (reason === null) expect(await written, name).toHaveLength(1)
      else await expect(written, name).rejects.toThrow(reason)
    }
  }
  const archive = (await app.exportRuns(runIds, 'archive', path.join(dir, 'again')))[0]!
  const other = await openApp(path.join(dir, 'other.chalcogen'))
  expect(await other.importRuns(archive)).toMatchObject({ imported: everyKind.length })
  for (const [index, [name, spec]] of everyKind.entries()) {
    const { spec: kept, epochs } = requireReadable(await other.get(runIds[index]!))
    expect(kept, name).toEqual(withKept(spec))
    expect(epochs, name).toEqual((await app.get(runIds[index]!)).epochs)
    expect(Object.keys(epochs[0]!.metrics), name).toEqual(metricsOf(spec.task.kind).map(({ id }) => id))
    const output = await other.array(runIds[index]!, 3, 'output', 'pattern-0')
    expect(output.info.shape, name).toEqual([spec.task.steps, outputsOf(spec.task)])
    const [threshold, change] = await Promise.all([
      other.array(runIds[index]!, 3, 'recorded.threshold', 'neuron-2'), other.array(runIds[index]!, 3, 'recorded.change', 'input-1-2'),
    ])
    expect([threshold.info.shape, change.info.shape], name).toEqual([[spec.task.steps], [3, 4]])
    expect(Math.min(...threshold.data), name).toBeGreaterThan(0)
  }
})

it('compares every scheme in a sweep, and reports it', { timeout: 240_000 }, async () => {
  const app = await openApp(path.join(dir, 'library.chalcogen'))
  const [, spec] = everyKind[0]!
  const variants = schemeKinds.map((kind) => ({ label: schemeTitle(kind), changes: { 'scheme.kind': kind } }))
  const sweepId = await app.sweeps.start({ name: 'Every scheme', spec, variants, seeds: [1, 2], comparison: {} })
  const runs = (await app.list()).filter(({ sweep }) => sweep?.sweepId === sweepId)
  await Promise.all(runs.map(({ runId }) => app.finished(runId)))
  const comparison = (await app.sweeps.compare(sweepId, null))!
  const arms = comparison.arms.map(({ label, sample }) => [label, sample.n])
  expect(arms.sort()).toEqual(variants.map(({ label }) => [label, 2]).sort())
  const files = await app.exportSweep(sweepId, null, dir)
  const report = readFileSync(files.find((file) => file.endsWith('.md'))!, 'utf8')
  for (const { label } of variants) expect(report).toContain(label)
})
