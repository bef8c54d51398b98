import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configure, writeEmptyLibrary } from '../../../src-main/library/connection.ts'
import type { Op, Request } from '../../../src-main/library/operations.ts'
import type { ImportedRun } from '../../../src-main/library/protocol.ts'
import { LibraryError } from '../../../src-main/library/error.ts'
import { Service } from '../../../src-main/library/service.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { requests } from './requests.ts'
import { addFullRun, arrayOf, environment, metricsOf } from './support.ts'

/** Requests that are made rarely and write. They follow the frequent ones, at whose end the library is empty. */
const rare: [op: string, args: unknown[]][] = [
  ['savePreset', [{ title: 'a', description: '', provenance: '', spec: newRun().spec, createdAt: newRun().createdAt }]],
  ['deletePreset', ['own/a']],
  ['importRun', [importedRun()]],
  ['repair', [[{ kind: 'summary', runId: '0run00000002', message: '', array: null, checkpoint: null }]]],
  ['compact', []],
]

function newRun() {
  return requests.createRuns[0][0]!
}

function importedRun(): ImportedRun {
  const { spec, createdAt } = newRun()
  const summary = {
    runId: '0run00000002', createdAt, startedAt: createdAt, endedAt: createdAt, sequences: 3, secondsPerSequence: 1, digest: null,
    error: null, secondsComputed: null, status: 'done',
  }
  const texts = { spec: JSON.stringify(spec), environment: JSON.stringify(environment) }
  return { summary, texts, epochs: [metricsOf(1)], arrays: [{ epoch: 1, ...arrayOf('input', 1) }] } as unknown as ImportedRun
}

interface TwoPrograms {
  service: Service
  other: Database.Database
  /** Called before each statement of the service. Refusals are ignored. */
  interfere: () => void
}

/** Connections of two programs to one library. */
function twoPrograms(): TwoPrograms {
  const file = join(temporaryFolder(), 'library.chalcogen')
  writeEmptyLibrary(file)
  const other = new Database(file, { timeout: 0 })
  const act = () => {
    try {
      programs.interfere()
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_BUSY' })
    }
  }
  const db = new Database(file, { timeout: 0, verbose: act })
  const programs = { other, interfere: () => {} }
  configure(db)
  onTestFinished(() => { db.close(); other.close() })
  return Object.assign(programs, { service: new Service({ db, readOnly: null, close: () => {}, file, onWork: () => {} }) })
}

test('fault 41: every request succeeds though another program writes before each of its statements', async () => {
  const programs = twoPrograms()
  const { service, other } = programs
  const write = other.prepare(`INSERT OR REPLACE INTO settings VALUES ('other', '0')`)
  let written = 0
  programs.interfere = () => { written += write.run().changes }
  const failed: string[] = []
  for (const [op, args] of [...Object.entries(requests), ...rare]) {
    try {
      await service.answer({ id: 1, op: op.split(' ')[0], args } as Request)
    } catch (error) {
      failed.push(`${op}: ${String(error)}`)
    }
  }
  expect(failed).toEqual([])
  expect(written).toBeGreaterThan(30)
})

const RUN = 'run00001'
const reads: [op: Op, args: unknown[]][] = [
  ['checkpoint', [RUN]], ['overview', [RUN]], ['epochPage', [RUN, 0, 9]], ['outlines', [[RUN]]], ['epochColumns', [[RUN]]],
  ['runPage', [null, null, 9]], ['timings', [9]], ['array', [RUN, 2, 'weight', 'input']],
]

/** What a request gives if the other program deletes the run before its nth statement; null if it has fewer. */
async function answerWithDeletion(op: Op, args: unknown[], nth: number): Promise<string | null> {
  const programs = twoPrograms()
  const { service, other } = programs
  addFullRun(other, RUN)
  other.exec(`UPDATE runs SET status = 'done'`)
  let statements = 0
  programs.interfere = () => { if (++statements === nth) other.exec('DELETE FROM runs') }
  try {
    const { value } = await service.answer({ id: 1, op, args } as Request)
    return statements < nth ? null : JSON.stringify(value)
  } catch (error) {
    return error instanceof LibraryError ? error.code : String(error)
  }
}

test.each(reads)('fault 43: %s gives a run whole or not at all, whenever another program deletes it', async (op, args) => {
  const before = await answerWithDeletion(op, args, 0)
  const after = await answerWithDeletion(op, args, 1)
  const given: string[] = []
  for (let nth = 2; ; nth++) {
    const answer = await answerWithDeletion(op, args, nth)
    if (answer === null) break
    given.push(answer)
  }
  for (const answer of given) expect([before, after]).toContain(answer)
})
