import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRuns } from './library.ts'
import { type Ended, inside, type Place, start, unwantedWords } from './program.ts'
import { type Chance, chanceOf } from './random.ts'

const spec = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 }, training: { epochs: 20 }, recording: { snapshotEvery: 5 },
}
const documents = {
  'run.json': spec,
  'sweep.json': {
    spec, axes: [{ kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }], seeds: [1, 2], halving: { firstEpochs: 10, keep: 0.5 },
  },
}
const SEEDS = 5

/** What commands have acknowledged: the digest of every run that a program has finished, and the runs that one has deleted. */
interface Ledger {
  digests: Map<string, string>
  deleted: Set<string>
  /** Digest of each run that is imported again and again, even after a program has deleted it. */
  imported: Map<string, string>
  /** Digest of each seed of the single run. */
  bySeed: Map<number, string>
  deviations: string[]
  commands: number
}

/** Refusals that are right, because another program works on the run or has deleted it. */
const rightRefusals = new Set(['busy', 'no-run', 'running', 'cancelled'])

export interface Crowd {
  readonly commands: number
  readonly deviations: readonly string[]
  readonly library: string
  /** Resolves when all processes have ended. */
  readonly ended: Promise<void>
  stop(): void
}

/** Starts processes that use one library at random until `stop`. Then checks that nothing is lost and nothing is there twice. */
export function startCrowd(folder: string, processes: number, seed: number): Crowd {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'out'), { recursive: true })
  for (const [name, document] of Object.entries(documents)) writeFileSync(join(folder, name), JSON.stringify(document))
  const place = { folder, library: join(folder, 'library.chalcogen') }
  const ledger: Ledger = {
    digests: new Map(), deleted: new Set(), imported: new Map(), bySeed: new Map(), deviations: [], commands: 0,
  }
  const prepared = prepareImports(folder, ledger)
  let isOver = false
  const one = async (member: number) => {
    const chance = chanceOf(seed * 1009 + member)
    await prepared
    // The first command makes the library.
    await act(['run', 'run.json', '--seed', String(member)], place, ledger)
    while (!isOver) await act(commandFor(chance, place, member), place, ledger)
  }
  const ended = Promise.all(Array.from({ length: processes }, (_, member) => one(member))).then(() => settle(place, ledger))
  return {
    get commands() { return ledger.commands },
    get deviations() { return ledger.deviations },
    library: place.library,
    ended,
    stop() { isOver = true },
  }
}

/** Another library and an archive of it. */
async function prepareImports(folder: string, ledger: Ledger): Promise<void> {
  const other = { folder, library: join(folder, 'other.chalcogen') }
  for (const seed of [SEEDS, SEEDS + 1]) await inside(['run', join(folder, 'run.json'), '--seed', String(seed)], other)
  for (const { runId, digest } of readRuns(other.library)) ledger.imported.set(runId, digest!)
  await inside(['export', ...ledger.imported.keys(), '--format', 'archive', '--out', join(folder, 'archived')], other)
}

function commandFor(chance: Chance, place: Place, member: number): string[] {
  const ids = readRuns(place.library).map(({ runId }) => runId)
  const some = () => chance.oneOf(ids)
  const out = join(place.folder, 'out', String(member))
  const commands: (() => string[])[] = [
    () => ['run', 'run.json', '--seed', String(chance.index(SEEDS))], () => ['run', 'run.json', '--seed', String(chance.index(SEEDS))],
    () => ['sweep', 'sweep.json'], () => ['queue'], () => ['list'], () => ['sweeps'], () => ['show', some()],
    () => ['archive', some(), some()], () => ['trash', some()], () => ['unshelve', some()], () => ['delete', some()],
    () => ['export', some(), '--format', chance.oneOf(['csv', 'json', 'archive']), '--out', out],
    () => ['backup'], () => ['compact'], () => ['check'], () => ['retry', some()], () => ['resume', some()], () => ['presets'],
    () => ['import', join(place.folder, 'other.chalcogen')], () => ['import', chance.oneOf(archivesIn(place))],
    () => ['tournament', 'sweep.json', '--out', out],
  ]
  return chance.oneOf(commands)()
}

const archivesIn = ({ folder }: Place) =>
  readdirSync(join(folder, 'archived')).map((name) => join(folder, 'archived', name))

async function act(command: string[], place: Place, ledger: Ledger): Promise<void> {
  const result = await start(command, place).ended
  ledger.commands++
  const deviation = deviationOf(command, result)
  if (deviation !== null) ledger.deviations.push(`${command.join(' ')}: ${deviation}`)
  if (result.code === 0) note(command, JSON.parse(result.out), ledger)
}

function deviationOf(command: readonly string[], result: Ended): string | null {
  const words = unwantedWords(result)
  if (words !== null) return words
  if (result.code === 0) return null
  const { error, findings } = JSON.parse(result.out || '{}') as { error?: { code: string; message: string }; findings?: unknown[] }
  if (command[0] === 'check' && findings) return JSON.stringify(findings.slice(0, 3))
  if (error && rightRefusals.has(error.code)) return null
  return `ended with ${result.code}: ${error?.message ?? result.err.trim().split('\n').at(-1)}`
}

interface Result {
  runId?: string
  runIds?: string[]
  seed?: number
  digest?: string | null
  arms?: { runs?: Result[] }[]
}

/** Notes what a command has acknowledged. */
function note([name]: readonly string[], document: unknown, ledger: Ledger): void {
  const result = document as Result
  if (name === 'delete') for (const runId of result.runIds ?? []) ledger.deleted.add(runId)
  if (name === 'import') for (const [runId, digest] of ledger.imported) ledger.digests.set(runId, digest)
  const finished = name === 'sweep' ? (result.arms ?? []).flatMap(({ runs = [] }) => runs) : ['run', 'retry'].includes(name!) ? [result] : []
  for (const { runId, digest } of finished) if (runId && digest) ledger.digests.set(runId, digest)
  if (name === 'run' && result.seed !== undefined && result.digest) noteSeed(result.seed, result.digest, ledger)
}

function noteSeed(seed: number, digest: string, { bySeed, deviations }: Ledger): void {
  const before = bySeed.get(seed) ?? digest
  bySeed.set(seed, before)
  if (digest !== before) deviations.push(`seed ${seed} gave the digests ${before} and ${digest}`)
}

/** Ends what is left in the queue, then compares the library with what was acknowledged. */
async function settle(place: Place, ledger: Ledger): Promise<void> {
  await act(['queue'], place, ledger)
  const runs = new Map(readRuns(place.library).map((run) => [run.runId, run]))
  for (const [runId, digest] of ledger.digests) {
    const found = runs.get(runId)
    if (ledger.deleted.has(runId)) continue
    if (!found) ledger.deviations.push(`run ${runId} was finished and is lost`)
    else if (found.digest !== digest) ledger.deviations.push(`run ${runId} has the digest ${found.digest} instead of ${digest}`)
  }
  for (const runId of ledger.deleted) if (runs.has(runId) && !ledger.imported.has(runId)) ledger.deviations.push(`run ${runId} was deleted and is still there`)
  for (const { runId, status } of runs.values()) {
    if (status === 'failed' || status === 'running') ledger.deviations.push(`run ${runId} is ${status}`)
  }
  const { findings } = JSON.parse((await inside(['check'], place)).out) as { findings: unknown[] }
  for (const finding of findings) ledger.deviations.push(`check: ${JSON.stringify(finding)}`)
}
