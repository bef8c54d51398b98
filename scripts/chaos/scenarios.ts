import Database from 'better-sqlite3'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { readRuns, type StoredRun } from './library.ts'
import { inside, type Place, start } from './program.ts'

/** Work that is disturbed and then continued. */
export interface Scenario {
  name: string
  /** Puts documents, and perhaps a library, into the folder. */
  prepare(place: Place): void
  /** The commands that start the work, run at the same time. */
  begin: string[][]
  /** The documented commands that continue it. */
  proceed(runs: readonly StoredRun[]): string[][]
  /** The command that shows the result of finished work; null if the list does. */
  result(runs: readonly StoredRun[]): string[] | null
}

/** About half a second of training in sum, with a checkpoint every 20 ms. */
const spec = {
  task: { kind: 'sinusoids', patterns: 2, steps: 100, inputChannels: 13, inputRate: 100 },
  network: { recurrentNeurons: 21, threshold: 0.3, weightGain: 0.6 },
  learning: { rateInput: 0.02, rateRecurrent: 0.02, rateOutput: 0.02, regularisation: 0.01 },
  device: { initialConductance: 0.4, scale: 20 },
  scheme: { kind: 'mixed-precision' },
  training: { epochs: 120 },
  recording: { snapshotEvery: 40, checkpointEvery: 0.02 },
}
const rates = { kind: 'list', path: 'learning.rateInput', values: [0.0001, 0.003, 0.02, 0.1] }
const schemes = { kind: 'list', path: 'scheme.kind', values: ['mixed-precision', 'sign'] }
const documents = {
  'run.json': spec,
  'halving.json': { spec: { ...spec, training: { epochs: 40 } }, axes: [rates], seeds: [1, 2], halving: { firstEpochs: 10, keep: 0.5 } },
  'tournament.json': { spec: { ...spec, training: { epochs: 40 } }, axes: [schemes], seeds: [1, 2, 3] },
}

const writeDocuments = ({ folder }: Place) => {
  for (const [name, document] of Object.entries(documents)) writeFileSync(join(folder, name), JSON.stringify(document))
}

const sweepOf = ([run]: readonly StoredRun[]): string => run!.sweepId!

const run: Scenario = {
  name: 'run',
  prepare: writeDocuments,
  begin: [['run', 'run.json']],
  proceed: ([run]) => [run!.status === 'queued' ? ['queue'] : ['resume', run!.runId]],
  result: () => null,
}

const ofSweep = (name: string, command: 'sweep' | 'tournament', file: string): Scenario => ({
  name,
  prepare: writeDocuments,
  begin: [[command, file]],
  proceed: (runs) => [[command, sweepOf(runs)]],
  result: (runs) => [command, sweepOf(runs)],
})

/** Two programs on the queue that a killed sweep has left. @param template a library with that queue */
const ofQueue = (name: string, template: string): Scenario => ({
  name,
  prepare(place) {
    writeDocuments(place)
    copyFileSync(template, place.library)
  },
  begin: [['queue'], ['queue']],
  proceed: (runs) => (runs.some(({ status }) => status === 'queued') ? [['queue'], ['queue']] : [['sweep', sweepOf(runs)]]),
  result: (runs) => ['sweep', sweepOf(runs)],
})

/** All scenarios, in turn. @param folder for their templates */
export async function makeScenarios(folder: string): Promise<Scenario[]> {
  return [
    run,
    ofSweep('sweep with halving', 'sweep', 'halving.json'),
    ofSweep('tournament', 'tournament', 'tournament.json'),
    ofQueue('queue of two programs', await makeQueue(join(folder, 'queue'), 'tournament.json')),
    ofQueue('queue of two programs with halving', await makeQueue(join(folder, 'halving-queue'), 'halving.json')),
  ]
}

/** A library with a queue that no program owns. */
async function makeQueue(folder: string, file: string): Promise<string> {
  const place = { folder, library: join(folder, 'library.chalcogen') }
  mkdirSync(folder, { recursive: true })
  writeDocuments(place)
  const { child, ended } = start(['sweep', file], place)
  while (readRuns(place.library).length === 0 && child.exitCode === null) await setTimeout(5)
  child.kill('SIGKILL')
  await ended
  // Marks as interrupted what ran, and takes the log into the file.
  await inside(['list'], place)
  backInQueue(place.library)
  return place.library
}

/** As if the program had been killed before its first run began. */
function backInQueue(library: string): void {
  const db = new Database(library)
  try {
    db.exec(`
      DELETE FROM epochs; DELETE FROM arrays; DELETE FROM checkpoints;
      UPDATE runs SET status = 'queued', owner = NULL, started_at = NULL, ended_at = NULL, epochs_done = 0, loss = NULL, loss_last_20 = NULL,
        mean_rate_hz = NULL, set_pulses = 0, reset_pulses = 0, refreshes = 0, read_pulses = 0, computed_seconds = 0, digest = NULL,
        outcome = NULL, reasons = NULL, error_code = NULL, error_message = NULL, seconds_per_sequence = NULL;
    `)
  } finally {
    db.close()
  }
}
