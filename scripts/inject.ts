// npm run test:inject: kills every operation on a library's files at its system calls, starts again, and checks that nothing is lost.
import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkClosed } from '../src-main/app/closed-library.ts'
import { defaultLibraryFile, readyLibrary } from '../src-main/app/location.ts'
import { ensureCommandLine } from './command-line.ts'
import { changingCalls, inject, type KillPoint, record } from './inject/strace.ts'
import { main } from './runtime/run.ts'
import { ensureInstalled } from './runtime/system-packages.ts'
import { missingPrograms } from './runtime/system-needs.ts'

interface Operation {
  name: string
  /** Words of the command line. */
  words(place: Place): string[]
}

/** The folders of one trial. */
interface Place {
  home: string
  /** On another disk. */
  elsewhere: string
}

interface Outcome {
  runs: string[]
  problems: string[]
}

const thorough = process.env.CHALCOGEN_TESTS === 'thorough'
/** Kills of one operation if not thorough. */
const SAMPLE = 12
const OTHER_DISK = '/dev/shm'

const program = await ensureCommandLine()
const built = (name: string) => new URL(`./${name}.js`, pathToFileURL(program))
const workers = { library: built('library/library.worker'), file: built('library/file.worker') }
const small = ['--set', 'training.epochs=2', '--set', 'task.steps=30', '--set', 'network.recurrentNeurons=8', '--set', 'task.inputChannels=8']

const defaultFile = (home: string) => join(home, 'chalcogen', 'library.chalcogen')
const environment = (home: string) => ({ ...process.env, XDG_DATA_HOME: home, CHALCOGEN_LIBRARY: '' })
const backupIn = (home: string) => {
  const folder = join(home, 'chalcogen', 'backups')
  return join(folder, readdirSync(folder).find((name) => name.includes('asked'))!)
}

const operations: Operation[] = [
  { name: 'backup', words: () => ['backup'] },
  { name: 'restore', words: ({ home }) => ['restore', backupIn(home)] },
  { name: 'import', words: ({ home }) => ['import', join(home, 'other.chalcogen')] },
  { name: 'export', words: ({ home }) => ['export', ...runsOf(defaultFile(home)), '--format', 'archive', '--out', join(home, 'out')] },
  { name: 'compact', words: () => ['compact'] },
  { name: 'move', words: ({ home }) => ['move', join(home, 'there')] },
  { name: 'move to another disk', words: ({ elsewhere }) => ['move', elsewhere] },
]

function chalcogen(home: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env: environment(home), encoding: 'utf8' })
  if (status !== 0) throw new Error(`chalcogen ${words.join(' ')} failed: ${stderr}`)
  return stdout
}

/** A library with two runs, free pages and a backup of the first run, and another library. */
function makeTemplate(home: string): void {
  const run = (...more: string[]) => chalcogen(home, 'run', 'pattern-generation/fp32', ...small, ...more)
  run()
  chalcogen(home, 'backup')
  run()
  run()
  const gone = (JSON.parse(chalcogen(home, 'list', '--json')) as { runId: string }[])[0]!
  chalcogen(home, 'trash', gone.runId)
  chalcogen(home, 'delete', gone.runId)
  run('--library', join(home, 'other.chalcogen'))
}

/** Opens the file to write, as every start does: a connection that may only read cannot recover the log of a killed process. */
function runsOf(file: string): string[] {
  const db = new Database(file, { fileMustExist: true })
  try {
    return db.prepare<[], string>('SELECT run_id FROM runs ORDER BY run_id').pluck().all()
  } finally {
    db.close()
  }
}

const namesIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])

/** Starts again, as the window and the command line do, and looks at what is there. */
async function startAgain({ home, elsewhere }: Place, { words }: Operation): Promise<Outcome> {
  const problems: string[] = []
  const place = { platform: process.platform, home, env: { XDG_DATA_HOME: home } }
  const file = readyLibrary(defaultLibraryFile(place), place)
  const runs = runsOf(file)
  const { findings } = await checkClosed({ file, workers }, false, () => {})
  problems.push(...findings.map(({ message }) => message))
  // An export deletes what an earlier one left in its folder.
  if (existsSync(join(home, 'out'))) chalcogen(home, ...words({ home, elsewhere }))
  const names = [...namesIn(home), ...namesIn(elsewhere)]
  problems.push(...names.filter((name) => /[.]draft|[.]unfinished|[.]tmp$/.test(name)).map((name) => `left over: ${name}`))
  const libraries = names.filter((name) => basename(name) === 'library.chalcogen')
  if (libraries.length !== 1) problems.push(`${libraries.length} libraries: ${libraries.join(', ')}`)
  if (statSync(file).nlink !== 1) problems.push('the library has two names')
  if (!names.some((name) => /backups.*[.]asked[.]chalcogen$/.test(name))) problems.push('the backup is gone')
  return { runs, problems }
}

async function inPlace<Result>(template: string, use: (place: Place) => Promise<Result>): Promise<Result> {
  const place = { home: mkdtempSync(join(tmpdir(), 'chalcogen-inject-')), elsewhere: mkdtempSync(join(OTHER_DISK, 'chalcogen-inject-')) }
  try {
    cpSync(template, place.home, { recursive: true })
    return await use(place)
  } finally {
    for (const folder of Object.values(place)) rmSync(folder, { recursive: true, force: true })
  }
}

const command = (operation: Operation, place: Place) => [process.execPath, program, ...operation.words(place)]

const sampleOf = (points: KillPoint[]) => {
  if (thorough || points.length <= SAMPLE) return points
  return Array.from({ length: SAMPLE }, (_, index) => points[Math.floor((index * points.length) / SAMPLE)])
}

const failed = (error: Error): Outcome => ({ runs: [], problems: [error.message] })

/** @returns the number of kills after which something was wrong */
async function tryOperation(template: string, operation: Operation): Promise<number> {
  const { calls, points, after } = await inPlace(template, async (place) => {
    const log = record(command(operation, place), environment(place.home))
    const changing = changingCalls(log, [place.home, place.elsewhere])
    return { ...changing, after: (await startAgain(place, operation)).runs }
  })
  const before = runsOf(defaultFile(template))
  const chosen = sampleOf(points)
  const counts = { before: 0, after: 0, 'not killed': 0, wrong: 0 }
  for (const point of chosen) {
    await inPlace(template, async (place) => {
      if (!inject(command(operation, place), environment(place.home), point!)) counts['not killed']++
      const { runs, problems } = await startAgain(place, operation).catch(failed)
      const state = [before, after].findIndex((known) => known.join() === runs.join())
      if (state < 0) problems.push(`runs ${runs.join(', ')} instead of ${before.join(', ')} or ${after.join(', ')}`)
      if (problems.length > 0) console.log(`  ${operation.name}, ${point!.call} ${point!.nth}: ${problems.join('; ')}`)
      counts[problems.length > 0 ? 'wrong' : state === 0 ? 'before' : 'after']++
    })
  }
  console.log(`${operation.name}: ${calls} calls, killed at ${chosen.length - counts['not killed']} of ${points.length} points, `
    + `then as before ${counts.before}, as after ${counts.after}, wrong ${counts.wrong}`)
  // Without a single kill, nothing was tried.
  return counts['not killed'] < chosen.length ? counts.wrong : counts.wrong + 1
}

/** Why no call can be injected here; null if it can. */
async function reasonToSkip(): Promise<string | null> {
  if (process.platform !== 'linux') return 'strace exists only for Linux.'
  return ensureInstalled(missingPrograms(['strace'])).then(() => null, (error: Error) => error.message)
}

await main(async () => {
  const reason = await reasonToSkip()
  if (reason !== null) {
    console.log(`Skipped. ${reason}`)
    return 0
  }
  const names = process.argv.slice(2)
  const chosen = operations.filter(({ name }) => names.length === 0 || names.includes(name))
  const template = mkdtempSync(join(tmpdir(), 'chalcogen-inject-'))
  try {
    makeTemplate(template)
    let wrong = 0
    for (const operation of chosen) wrong += await tryOperation(template, operation)
    return wrong > 0 ? 1 : 0
  } finally {
    rmSync(template, { recursive: true, force: true })
  }
})
