import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configure, writeEmptyLibrary } from '../../../src-main/library/connection.ts'
import type { ImportedRun, Request } from '../../../src-main/library/protocol.ts'
import { Service } from '../../../src-main/library/service.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { requests } from './requests.ts'
import { arrayOf, environment, metricsOf } from './support.ts'

/** Requests that are made rarely and write. They follow the frequent ones, at whose end the library is empty. */
const rare: { op: string; input: object }[] = [
  { op: 'savePreset', input: { preset: { title: 'a', description: '', provenance: '', spec: requests.createRuns.runs[0].spec, createdAt: requests.createRuns.runs[0].createdAt } } },
  { op: 'deletePreset', input: { presetId: 'own/a' } },
  { op: 'importRun', input: { run: importedRun() } },
  { op: 'repair', input: { faults: [{ kind: 'summary', runId: '0run00000002', message: '', array: null, checkpoint: null }] } },
  { op: 'compact', input: {} },
]

function importedRun(): ImportedRun {
  const [{ spec, createdAt }] = requests.createRuns.runs
  const summary = {
    runId: '0run00000002', createdAt, startedAt: createdAt, endedAt: createdAt, sequences: 3, secondsPerSequence: 1, digest: null,
    error: null, secondsComputed: null, status: 'done',
  }
  return { summary, spec, environment, epochs: [metricsOf(1)], arrays: [{ epoch: 1, ...arrayOf('input', 1) }] } as unknown as ImportedRun
}

/** Connections of two programs to one library. The other one tries to write before each statement of this one. */
function twoPrograms(): { service: Service; foreignWrites(): number } {
  const file = join(temporaryFolder(), 'library.chalcogen')
  writeEmptyLibrary(file)
  const other = new Database(file, { timeout: 0 })
  const write = other.prepare(`INSERT OR REPLACE INTO settings VALUES ('other', '0')`)
  let written = 0
  const interfere = () => {
    try {
      written += write.run().changes
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_BUSY' })
    }
  }
  const db = new Database(file, { timeout: 0, verbose: interfere })
  configure(db)
  onTestFinished(() => { db.close(); other.close() })
  return { service: new Service({ db, readOnly: null, close: () => {}, file, onWork: () => {} }), foreignWrites: () => written }
}

test('fault 41: every request succeeds though another program writes before each of its statements', async () => {
  const { service, foreignWrites } = twoPrograms()
  const failed: string[] = []
  for (const { op, input } of [...Object.entries(requests).map(([op, input]) => ({ op, input: input as object })), ...rare]) {
    try {
      await service.answer({ id: 1, op: op.split(' ')[0], ...input } as Request)
    } catch (error) {
      failed.push(`${op}: ${String(error)}`)
    }
  }
  expect(failed).toEqual([])
  expect(foreignWrites()).toBeGreaterThan(30)
})
