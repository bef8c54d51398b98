import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { schemeKinds } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../src-engine/training/trainer.ts'
import { createApp } from '../../../src-main/app/app.ts'
import { threadFiles } from '../../../src-main/threads/thread-files.ts'
import { arithmetics, kernelsFile, kernelsModule } from '../../fixtures/kernels.ts'
import { smallRuns } from '../../fixtures/small-runs.ts'
import { builtFile } from '../../fixtures/built.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
afterAll(() => rmSync(dir, { recursive: true }))

const digestOf = (trainer: Trainer) => createHash('sha256').update(trainer.digest()).digest('hex')

function trainHere(spec: Spec): string {
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  while (!trainer.done) trainer.step()
  return digestOf(trainer)
}

/** Restores the trainer from a snapshot after every sequence. */
function trainInPieces(spec: Spec): string {
  let trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  while (!trainer.done) {
    trainer.step()
    trainer = Trainer.restore(spec, structuredClone(trainer.snapshot()), kernelsFor(spec, kernelsModule))
  }
  return digestOf(trainer)
}

async function trainInWorkers(specs: Spec[], slots: number): Promise<(string | null)[]> {
  const app = await createApp({
    libraryFile: path.join(dir, `${slots}.chalcogen`),
    resourcesDir: path.join(dir, 'resources'),
    workers: threadFiles(builtFile),
    kernels: kernelsFile,
    engineDigest: 'test',
    applicationVersion: '0.0.0',
    slots,
  })
  const runIds = await Promise.all(specs.map((spec) => app.start(spec)))
  const ended = await Promise.all(runIds.map((runId) => app.finished(runId)))
  await app.close()
  return ended.map(({ digest }) => digest)
}

describe('the digest of a run', () => {
  const specs = arithmetics.flatMap((arithmetic) => smallRuns(arithmetic).map((document) => parseSpec(document, 'test')))
  const here = specs.map(trainHere)

  test('differs for every scheme and arithmetic', () => {
    expect(new Set(here).size).toBe(arithmetics.length * schemeKinds.length)
  })

  test.each([1, 2])('is the same with %d workers', async (slots) => {
    expect(await trainInWorkers(specs, slots)).toEqual(here)
  })

  test('is the same after a resume at every sequence', () => {
    expect(specs.map(trainInPieces)).toEqual(here)
  })
})
