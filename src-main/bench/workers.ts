import os from 'node:os'
import path from 'node:path'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { RunSummary } from '../contract/run.ts'
import { bareSeconds } from './machine.ts'
import type { WorkerRates } from './report.ts'
import { inRounds, ratioOf, secondsOf } from './rounds.ts'
import { spreadOf } from './spread.ts'

/** The part of the application that the bench uses. */
export interface RunHost {
  start(spec: Spec): Promise<string>
  finished(runId: string): Promise<RunSummary>
  close(): Promise<void>
}

/** Opens the application with a new library and `slots` concurrent runs. */
export type OpenHost = (libraryFile: string, slots: number) => Promise<RunHost>

export interface WorkerRepetitions {
  rounds: number
  /** Epochs per run. A run must be long compared with the start of its worker. */
  epochs: number
}

/** One run for each of two workers. More runs would only take longer. */
const RUNS = 2

export interface WorkersBench {
  dir: string
  /** Path of the compiled kernels. */
  kernels: string
  open: OpenHost
}

/**
 * Throughput of the whole application with one and with two engine workers. All runs have the same seed, so they take equally long and
 * neither worker waits for the other at the end.
 */
export async function workerRates(
  spec: Spec, { rounds, epochs }: WorkerRepetitions, { dir, kernels, open }: WorkersBench,
): Promise<WorkerRates> {
  const one = await open(path.join(dir, 'one.chalcogen'), 1)
  const two = await open(path.join(dir, 'two.chalcogen'), 2)
  const runs = { ...spec, training: { ...spec.training, epochs }, recording: { ...spec.recording, snapshotEvery: 0 } }
  const sequencesPerRun = epochs * spec.task.patterns
  const rate = async (host: RunHost) => (RUNS * sequencesPerRun) / await secondsOf(() => runAll(host, runs))
  const bare = async (processes: number) =>
    (processes * sequencesPerRun) / await bareSeconds(processes, { spec: runs, kernels })
  try {
    const { oneWorker, twoWorkers, oneProcess, twoProcesses } = await inRounds(rounds, {
      oneWorker: () => rate(one),
      twoWorkers: () => rate(two),
      oneProcess: () => bare(1),
      twoProcesses: () => bare(2),
    })
    return {
      cores: os.availableParallelism(),
      runsPerRound: RUNS,
      sequencesPerRun,
      oneWorker: spreadOf(oneWorker),
      twoWorkers: spreadOf(twoWorkers),
      ratio: ratioOf(twoWorkers, oneWorker),
      machineRatio: ratioOf(twoProcesses, oneProcess),
    }
  } finally {
    await Promise.all([one.close(), two.close()])
  }
}

/** Runs `RUNS` identical runs. @throws Error with the run's error message if a run does not finish */
async function runAll(host: RunHost, spec: Spec): Promise<void> {
  const ids = await Promise.all(Array.from({ length: RUNS }, () => host.start(spec)))
  for (const { runId, status, error } of await Promise.all(ids.map((id) => host.finished(id)))) {
    if (status !== 'done') throw new Error(`Benchmark run ${runId} did not finish (${status}): ${error?.message ?? 'unknown reason'}`)
  }
}
