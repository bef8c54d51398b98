import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { ownerText, thisProcess } from '../../../src-main/library/owner.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { addRuns } from './support.ts'

const elsewhere = ownerText({ ...thisProcess(), pidSpace: 'pid:[1]' })
const old = JSON.stringify({ host: 'before', boot: thisProcess().system, pid: process.pid, began: thisProcess().began })

/** A library with runs of two owners that cannot be seen and of this process. */
function library(): { file: string; owners(): (string | null)[] } {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const { db, close } = openConnection(file)
  addRuns(db, 'a', 'b', 'c')
  const setOwner = db.prepare('UPDATE runs SET owner = ? WHERE run_id = ?')
  setOwner.run(elsewhere, 'a')
  setOwner.run(old, 'b')
  close()
  return { file, owners() {
    const connection = openConnection(file)
    const owners = connection.db.prepare<[], string | null>('SELECT owner FROM runs ORDER BY run_id').pluck().all()
    connection.close()
    return owners
  } }
}

test('an owner that cannot be seen keeps its runs while another program has the library open, and loses them afterwards', () => {
  const { file, owners } = library()
  const other = new Database(file)
  onTestFinished(() => { other.close() })
  other.pragma('user_version')
  expect(owners()).toEqual([elsewhere, old, ownerText()])
  other.close()
  expect(owners()).toEqual([null, null, ownerText()])
})
