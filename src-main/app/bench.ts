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
  /** Small networks and few repetitions: a look, no measurement. */
  quick: boolean
  /** Recurrent neurons of the networks whose sequences are timed; null for the usual sizes. */
  neurons: number[] | null
  /** Where the C baseline would lie. */
  baselineSource: string
  onPart: OnPart
}

const USUAL_SIZES = [100, 200, 400, 1000]
const QUICK_SIZES = [100, 200]

/** Measures the engine, the kernels, the library and the workers on this machine; everything is written into a temporary folder. */
export async function bench(
  { quick, neurons, baselineSource, onPart }: BenchFlags, options: Omit<AppOptions, 'libraryFile' | 'slots'>,
): Promise<BenchReport> {
  const { workers, nativeBinding } = options
  return measureAll({
    quick,
    neurons: neurons ?? (quick ? QUICK_SIZES : USUAL_SIZES),
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
