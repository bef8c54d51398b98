import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { counted } from '../../src-engine/format/words.ts'
import type { App } from '../app/app.ts'
import { compareAgain, differenceText, isComparable, notCompared, type Verification } from '../app/compare-again.ts'
import { runIdOf } from '../app/run-ids.ts'
import { sameOf } from '../app/verify-runs.ts'
import { DONE, FAILED } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { showRuns } from './runs-line.ts'
import { withApp, withLibrary } from './surroundings.ts'

interface VerifyFlags {
  library?: string
  workers?: number
}

/**
 * Compute saved runs again and compare their digests: runs of the library by their ids, and all runs of archives and other libraries.
 * Works in temporary libraries, which are deleted. Imported runs of the library that give the same lose their mark. Exits with 1 unless all are the same.
 */
export async function verify(words: string[], flags: VerifyFlags, output: Output): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chalcogen-verify-'))
  try {
    const { files, ofLibrary } = await filesOf(words, flags.library, folder, output)
    const results: Verification[] = []
    for (const [index, file] of files.entries()) {
      // Each file has a library of its own, since an import leaves out the runs that a library has already.
      const found = await withApp(path.join(folder, `library-${index}.chalcogen`), output, async (app) => {
        await app.importRuns(file)
        return verifyAll(app, output)
      }, { slots: flags.workers, trains: 'stopped' })
      if (file === ofLibrary) await withLibrary(flags.library, output, (app) => app.noteVerified(sameOf(found)))
      results.push(...found)
    }
    output.result(results, describe(results))
    return results.every(({ result }) => result === 'same') ? DONE : FAILED
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Files {
  files: string[]
  /** Of these, an archive of the runs that words name; null if they name none. */
  ofLibrary: string | null
}

/** The files that words name, and an archive of the runs that they name. */
async function filesOf(words: readonly string[], library: string | undefined, folder: string, output: Output): Promise<Files> {
  const files = words.map(typedPath).filter((file) => existsSync(file))
  const runIds = words.filter((word) => !existsSync(typedPath(word)))
    .map((word) => runIdOf(word, `There is no file ${word}, and the library has no run of this id.`))
  if (runIds.length === 0) return { files, ofLibrary: null }
  const [archive] = await withLibrary(library, output, (app) => app.exportRuns(runIds, 'archive', folder))
  return { files: [...files, archive!], ofLibrary: archive! }
}

async function verifyAll(app: App, output: Output): Promise<Verification[]> {
  const saved = await app.list()
  const again = new Map<string, string>()
  for (const run of saved) if (isComparable(run)) again.set(run.runId, await app.retry(run.runId))
  const started = new Set(again.values())
  const hide = await showRuns(app, ({ runId }) => started.has(runId), output)
  try {
    return await Promise.all(saved.map(async (run) => {
      const newId = again.get(run.runId)
      if (newId === undefined) return notCompared(run)
      return compareAgain({ source: app, run }, { source: app, run: await app.finished(newId) })
    }))
  } finally {
    hide()
  }
}

function describe(results: readonly Verification[]): string {
  const same = results.filter(({ result }) => result === 'same').length
  const short = (digest: string | null) => digest?.slice(0, 12) ?? '–'
  const rows = results.map((one) => [one.runId, short(one.saved), short(one.computed), one.result, explanationOf(one)])
  return `${table([['Run', 'Saved digest', 'Computed digest', 'Result', 'Reason'], ...rows])}\n\n${same} of ${counted(results.length, 'run')} gave the same results.`
}

const explanationOf = ({ reason, firstDifference }: Verification) =>
  (firstDifference === null ? reason : `${reason} ${differenceText(firstDifference)}`)
