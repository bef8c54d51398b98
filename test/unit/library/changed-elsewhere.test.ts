import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { Service } from '../../../src-main/library/service.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { addRuns } from './support.ts'

test('a library tells once that another connection has written, and never of what it has written itself', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const [own, other] = [openConnection(file), openConnection(file)]
  onTestFinished(() => { own.close(); other.close() })
  const service = new Service({ db: own.db, readOnly: null, close: () => {}, file, onWork: () => {} })
  const changed = async () => (await service.answer({ id: 1, op: 'changedElsewhere', args: [] })).value
  expect(await changed()).toBe(false)
  addRuns(own.db, 'run00001')
  expect(await changed()).toBe(false)
  addRuns(other.db, 'run00002')
  expect([await changed(), await changed()]).toEqual([true, false])
})
