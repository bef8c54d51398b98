import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addRun, open, openNew, packed, temporaryFolder } from './support.ts'

const weights = (name: string) => packed({ kind: 'conductance', name, shape: [2, 1], data: Float32Array.from([1.5, -0]) })

describe('stored arrays', () => {
  it('are listed with the hash and size of their little-endian bytes, but without their data', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    await library.putArrays(runId, 50, [weights('recurrent')])
    await library.putArrays(runId, 1, [packed({ kind: 'spikes', name: 'pattern-0', shape: [1, 2], data: Uint16Array.from([1, 258]) })])
    const sha256 = createHash('sha256').update(Uint8Array.from([1, 0, 2, 1])).digest('hex')
    const { arrays } = await library.get(runId)
    expect(arrays.map(({ epoch, name }) => [epoch, name])).toEqual([[1, 'pattern-0'], [50, 'recurrent']])
    expect(arrays[0]).toEqual({ epoch: 1, kind: 'spikes', name: 'pattern-0', shape: [1, 2], codec: 'u16', bytes: 4, storedBytes: 4, sha256 })
  })

  it('are named if they are damaged, and the others can still be read', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const runId = await addRun(library)
    await library.putArrays(runId, 7, [weights('input'), weights('recurrent')])
    await library.close()
    flipOneBit(file, 'recurrent')
    const again = await open(file)
    const failure = again.array(runId, 7, 'conductance', 'recurrent')
    await expect(failure).rejects.toMatchObject({ name: 'LibraryError', code: 'damaged' })
    for (const part of [runId, 'epoch 7', 'conductance', `'recurrent'`, 'SHA-256']) {
      await expect(failure).rejects.toThrow(part)
    }
    expect([...(await again.array(runId, 7, 'conductance', 'input')).data]).toEqual([1.5, -0])
  })

  it('are saved all or none', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    const other = packed({ kind: 'conductance', name: 'input', shape: [2, 1], data: Float32Array.from([1.5, 0]) })
    await expect(library.putArrays(runId, 1, [weights('recurrent'), weights('input'), other])).rejects.toMatchObject({ code: 'not-reproduced' })
    expect((await library.get(runId)).arrays).toEqual([])
  })

  it('are refused if shape and data disagree', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    const wrong = { ...weights('input'), shape: [3, 1] }
    await expect(library.putArrays(runId, 1, [wrong])).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('shape') })
  })

  it('are named if they are missing', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    await expect(library.array(runId, 3, 'weight', 'input')).rejects.toMatchObject({ code: 'no-array', message: expect.stringContaining(`weight array 'input' of epoch 3`) })
  })
})

function flipOneBit(file: string, name: string): void {
  const db = new Database(file)
  const data = db.prepare('SELECT data FROM arrays WHERE name = ?').pluck().get(name) as Buffer
  data[0]! ^= 1
  db.prepare('UPDATE arrays SET data = ? WHERE name = ?').run(data, name)
  db.close()
}
