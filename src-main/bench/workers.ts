import os from 'node:os'
import path from 'node:path'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { RunSummary } from '../contract/run.ts'
import { bareSeconds } from './machine.ts'
import type { WorkerRates } from './report.ts'
import { inRounds, ratioOf, secondsOf } from './rounds.ts'
import { spreadOf } from './spread.ts'

/** What the bench needs of the application. */
export interface RunHost {
  start(spec: Spec): Promise<string>
  finished(runId: string): Promise<RunSummary>
  close(): Promise<void>
}

/** The application on a new library, with so many runs at a time. */
export type OpenHost = (libraryFile: string, slots: number) => Promise<RunHost>

export interface WorkerRepetitions {
  rounds: number
  /** Of one run: long against the start of its worker. */
  epochs: number
}

/** One for each of two workers: more would only add to the time. */
const RUNS = 2

export interface WorkersBench {
  dir: string
  /** Where the compiled kernels lie. */
  kernels: string
  open: OpenHost
}

/**
 * Throughput of the whole application with one and with two engine workers. The runs have one seed, so that their work
 * is the same and neither worker waits for the other at the end.
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

/** @throws Error with the run's own words where one does not reach its end */
async function runAll(host: RunHost, spec: Spec): Promise<void> {
  const ids = await Promise.all(Array.from({ length: RUNS }, () => host.start(spec)))
  for (const { runId, status, error } of await Promise.all(ids.map((id) => host.finished(id)))) {
    if (status !== 'done') throw new Error(`Run ${runId} of the bench has ended as ${status}: ${error?.message ?? 'no reason known'}`)
  }
}
