import { measureAll } from '../bench/bench.ts'
import type { BenchReport } from '../bench/report.ts'
import type { OnPart } from '../bench/plan.ts'
import { sqliteVersion } from '../library/sqlite-version.ts'
import { type AppOptions, createApp } from './app.ts'
import { collectEnvironment } from './environment.ts'
import { compileKernels } from './kernels.ts'

export type { BenchReport, OnPart }
export type { KernelRate } from '../bench/report.ts'
export type { Spread } from '../bench/spread.ts'

export interface BenchFlags {
  /** Use small networks and few repetitions, for a rough result. */
  quick: boolean
  /** Network sizes to time, in recurrent neurons; null for the default sizes. */
  neurons: number[] | null
  /** Source file of the C baseline, which may be missing. */
  baselineSource: string
  onPart: OnPart
}

const DEFAULT_SIZES = [100, 200, 400, 1000]
const QUICK_SIZES = [100, 200]

/** Measure the engine, kernels, library and workers on this machine. Writes only to a temporary folder. */
export async function bench(
  { quick, neurons, baselineSource, onPart }: BenchFlags, options: Omit<AppOptions, 'libraryFile' | 'slots'>,
): Promise<BenchReport> {
  const { workers, nativeBinding } = options
  return measureAll({
    quick,
    neurons: neurons ?? (quick ? QUICK_SIZES : DEFAULT_SIZES),
    kernels: await compileKernels(options.kernels),
    kernelsFile: options.kernels,
    environment: collectEnvironment({ ...options, sqlite: sqliteVersion(nativeBinding) }),
    libraryWorker: workers.library,
    nativeBinding,
    openHost: (libraryFile, slots) => createApp({ ...options, libraryFile, slots }),
    baselineSource,
    onPart,
  })
}
