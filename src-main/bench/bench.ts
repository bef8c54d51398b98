import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Environment } from '../contract/run.ts'
import { type Baseline, compare, compileBaseline } from './baseline.ts'
import { atSize, benchSpecs, type BenchSpecs, type Repetitions, repetitions } from './cases.ts'
import { kernelRates, type KernelRepetitions } from './kernels.ts'
import { type OnPart, type Part, runParts } from './plan.ts'
import {
  type BaselineForm, type BenchReport, type BenchScheme, benchSchemes,
  type Comparison, type KernelRate, type LibraryRates, type SequenceTimes, type WorkerRates,
} from './report.ts'
import { growthOf, sequenceTimes } from './sequences.ts'
import { libraryRates, type LibraryRepetitions } from './snapshots.ts'
import { type OpenHost, type WorkerRepetitions, workerRates } from './workers.ts'

export interface BenchOptions {
  quick: boolean
  /** Sizes of the networks whose sequences are timed, in recurrent neurons. */
  neurons: number[]
  kernels: WebAssembly.Module
  /** Path of the compiled kernels. */
  kernelsFile: string
  environment: Environment
  libraryWorker: string | URL
  nativeBinding?: string
  openHost: OpenHost
  /** Path of baseline.c; the file may be missing. */
  baselineSource: string
  onPart: OnPart
}

interface Effort {
  sequences: Record<BenchScheme, Repetitions>
  baselineRounds: Record<BenchScheme, number>
  kernels: KernelRepetitions
  library: LibraryRepetitions
  workers: WorkerRepetitions
}

const full: Effort = {
  sequences: repetitions,
  baselineRounds: { 'fp32': 15, 'mixed-precision': 5, 'multi-memristor': 5 },
  kernels: { runs: 9, seconds: 0.1 },
  library: { runs: 7, snapshots: 20, epochs: 500 },
  workers: { rounds: 5, epochs: 60 },
}

const quick: Effort = {
  sequences: { ...repetitions, 'fp32': { warmup: 3, timed: 6 }, 'multi-memristor': { warmup: 3, timed: 3 } },
  baselineRounds: { 'fp32': 2, 'mixed-precision': 1, 'multi-memristor': 1 },
  kernels: { runs: 3, seconds: 0.01 },
  library: { runs: 3, snapshots: 4, epochs: 40 },
  workers: { rounds: 1, epochs: 2 },
}

/** Forms of the C program to compare with. They differ only in the gradient, which matters most for digital weights. */
const forms: Record<BenchScheme, BaselineForm[]> = {
  'fp32': ['filtered', 'running'], 'mixed-precision': ['filtered'], 'multi-memristor': ['filtered'],
}

/** Recurrent neurons in the comparison with C, in the snapshots and in the runs. */
const PAPER_SIZE = 100

/** Takes all measurements, one after the other. @throws BadInput if the engine does not support a size */
export async function measureAll(options: BenchOptions): Promise<BenchReport> {
  const begin = performance.now()
  const dir = await mkdtemp(path.join(os.tmpdir(), 'chalcogen-bench-'))
  try {
    const report = await measureIn(dir, options)
    return { ...report, seconds: (performance.now() - begin) / 1000 }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function measureIn(dir: string, options: BenchOptions): Promise<Omit<BenchReport, 'seconds'>> {
  const { environment, quick: isQuick, baselineSource, onPart } = options
  const found: Findings = { sequences: [], comparisons: [], kernels: [] }
  const bench = { ...options, dir, specs: benchSpecs(), effort: isQuick ? quick : full, found }
  // Refuses a wrong size before the compiler takes its seconds.
  const sequences = sequenceParts(bench)
  const baseline = await compileBaseline(baselineSource, dir)
  const compiled = 'program' in baseline ? baseline : null
  await runParts([
    ...sequences,
    ...(compiled ? baselineParts(bench, compiled) : []),
    kernelPart(bench), libraryPart(bench), workersPart(bench),
  ], onPart)
  return {
    environment,
    quick: isQuick,
    sequences: found.sequences,
    growth: growthOf(found.sequences),
    baseline: {
      compiler: compiled?.compiler ?? null,
      missing: 'missing' in baseline ? baseline.missing : null,
      comparisons: found.comparisons,
    },
    kernels: found.kernels,
    library: found.library!,
    workers: found.workers!,
  }
}

/** Results so far. */
interface Findings {
  sequences: SequenceTimes[]
  comparisons: Comparison[]
  kernels: KernelRate[]
  library?: LibraryRates
  workers?: WorkerRates
}

interface Bench extends BenchOptions {
  /** Folder for temporary files. */
  dir: string
  specs: BenchSpecs
  effort: Effort
  found: Findings
}

function sequenceParts({ specs, neurons, effort, kernels, found }: Bench): Part[] {
  return benchSchemes.flatMap((scheme) => neurons.map((size) => {
    const spec = atSize(specs[scheme], size)
    const repeated = effort.sequences[scheme]
    return {
      title: `${scheme} sequences with ${size} neurons`,
      estimate: sequencesEstimate(scheme, size, repeated),
      async measure() {
        found.sequences.push(await sequenceTimes(scheme, spec, repeated, kernels))
      },
    }
  }))
}

function baselineParts({ specs, effort, kernels, found }: Bench, baseline: Baseline): Part[] {
  return benchSchemes.map((scheme) => {
    const repeated = effort.sequences[scheme]
    const rounds = effort.baselineRounds[scheme]
    return {
      title: `${scheme} compared with the C baseline`,
      estimate: BASELINE_TIMES * rounds * sequencesEstimate(scheme, PAPER_SIZE, repeated),
      async measure() {
        const spec = atSize(specs[scheme], PAPER_SIZE)
        found.comparisons.push(...await compare(scheme, spec, forms[scheme], { baseline, repeated, rounds, kernels }))
      },
    }
  })
}

function kernelPart({ effort, kernels, found }: Bench): Part {
  return {
    title: 'kernels',
    estimate: 4 * effort.kernels.runs * effort.kernels.seconds,
    measure: () => void found.kernels.push(...kernelRates(kernels, effort.kernels)),
  }
}

function libraryPart({ specs, effort, dir, libraryWorker: worker, nativeBinding, kernels, environment, found }: Bench): Part {
  return {
    title: 'writing snapshots and epochs to SQLite',
    estimate: 0.02 * effort.library.runs * effort.library.snapshots,
    async measure() {
      const spec = atSize(specs['mixed-precision'], PAPER_SIZE)
      found.library = await libraryRates(spec, effort.library, { dir, worker, nativeBinding, kernels, environment })
    },
  }
}

function workersPart({ specs, effort, dir, openHost: open, kernelsFile: kernels, found }: Bench): Part {
  const { rounds, epochs } = effort.workers
  return {
    title: 'runs with 1 and 2 workers',
    estimate: 5 * rounds * (WORKER_START + sequencesEstimate('mixed-precision', PAPER_SIZE, { warmup: 0, timed: 3 * epochs })),
    async measure() {
      found.workers = await workerRates(atSize(specs['mixed-precision'], PAPER_SIZE), effort.workers, { dir, kernels, open })
    },
  }
}

/** Approximate time of one sequence with 100 neurons, s. Used only to estimate the remaining time. */
const USUAL_SECONDS: Record<BenchScheme, number> = { 'fp32': 0.003, 'mixed-precision': 0.015, 'multi-memristor': 0.08 }
/** The time grows with the number of neurons to this power. */
const USUAL_GROWTH = 1.5
/** Time of the engine and C together, as a multiple of the engine alone. */
const BASELINE_TIMES = 4
/** s */
const WORKER_START = 0.4

const sequencesEstimate = (scheme: BenchScheme, neurons: number, { warmup, timed }: Repetitions) =>
  (warmup + timed) * USUAL_SECONDS[scheme] * (neurons / PAPER_SIZE) ** USUAL_GROWTH
