import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type SpecInput, specSchema } from '../../../src-engine/experiment/spec.ts'
import type { Environment, EpochMetrics } from '../../../src-main/contract/run.ts'
import { builtFile } from '../../fixtures/built.ts'
import { type Library, newRunId, openLibrary, pack, type PackedArray } from '../../../src-main/library/library.ts'

export const workerFile = builtFile('library/library.worker')

/** Creates a folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a library with the real worker and closes it after the test. */
export async function open(file: string): Promise<Library> {
  const library = await openLibrary({ file, worker: workerFile })
  onTestFinished(() => library.close())
  return library
}

export const openNew = () => open(join(temporaryFolder(), 'library.chalcogen'))

export const environment: Environment = {
  application: '0.1.0', node: '24.0.0', electron: null, v8: '13.6', sqlite: '3.54.1',
  os: 'Linux 6.1 x64', cpu: 'a processor', cores: 2, engineDigest: 'ab'.repeat(32),
}

export const createdAt = '2026-03-01T12:00:00.000Z'
export const endedAt = '2026-03-01T12:10:00.000Z'

/** Saves a queued run. @returns its id */
export async function addRun(library: Library, spec: SpecInput = {}, at = createdAt): Promise<string> {
  const runId = newRunId()
  await library.createRuns([{ runId, spec: specSchema.parse(spec), environment, createdAt: at, sequences: 750, sweep: null }])
  return runId
}

export interface PlainArray { kind: string; name: string; shape: number[]; data: Float32Array | Uint16Array | Uint32Array }

/** Packs an array as an engine worker does. */
export const packed = ({ data, ...array }: PlainArray) => ({ ...array, ...pack(data) }) as PackedArray

export const metricsOf = (epoch: number, some: Partial<EpochMetrics> = {}): EpochMetrics => ({
  epoch,
  loss: 0.5,
  patternLosses: [0.25, 0.75],
  metrics: {},
  meanRateHz: 12.5,
  ledger: { set: 1, reset: 2, refresh: 3, read: 4 },
  silent: 0.25, zeroSurrogate: 0.5, alwaysFiring: 0.03125,
  saturated: 0.125,
  ...some,
})
