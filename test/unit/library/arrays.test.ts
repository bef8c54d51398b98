import { expect, test } from 'vitest'
import { Arrays } from '../../../src-main/library/arrays.ts'
import { exportSumsOf } from '../../../src-main/library/export-sums.ts'
import { addRuns, arrayOf, memoryLibrary } from './support.ts'

const RUN = 'run00001'

function newArrays() {
  const db = memoryLibrary()
  addRuns(db, RUN, 'run00002')
  return { db, arrays: new Arrays(db) }
}
const epochsOf = (arrays: Arrays, runId = RUN) => arrays.of(runId).map(({ epoch }) => epoch)

test('a new best snapshot replaces the one before, and nothing else', () => {
  const { arrays } = newArrays()
  for (const epoch of [1, 2, 3]) arrays.put(RUN, epoch, [arrayOf('input', epoch)])
  arrays.put('run00002', 2, [arrayOf('input', 2)])
  arrays.put(RUN, 4, [arrayOf('input', 4)], 2)
  expect(epochsOf(arrays)).toEqual([1, 3, 4])
  expect(epochsOf(arrays, 'run00002')).toEqual([2])
})

test('what was recorded in the epoch of a replaced snapshot stays', () => {
  const { arrays } = newArrays()
  arrays.put(RUN, 2, [arrayOf('input', 2), { ...arrayOf('input-3-5', 1), kind: 'recorded.eligibility' }])
  arrays.put(RUN, 3, [arrayOf('input', 3)], 2)
  expect(arrays.of(RUN).map(({ epoch, kind }) => [epoch, kind])).toEqual([[2, 'recorded.eligibility'], [3, 'weight']])
})

test('an array has its size as it is stored and as it is read', () => {
  const { arrays } = newArrays()
  arrays.put(RUN, 1, [arrayOf('input', ...new Array<number>(1000).fill(1))])
  const info = arrays.of(RUN)[0]!
  expect(info).toMatchObject({ epoch: 1, kind: 'weight', name: 'input', shape: [1000], bytes: 4000 })
  expect(info.storedBytes).toBeLessThan(400)
  expect(arrays.read(RUN, 1, 'weight', 'input').data).toEqual(new Float32Array(1000).fill(1))
})

test('an array may be saved again only if it is the same, and then nothing of the snapshot is saved', () => {
  const { arrays } = newArrays()
  arrays.put(RUN, 1, [arrayOf('input', 1)])
  arrays.put(RUN, 1, [arrayOf('input', 1), arrayOf('output', 1)])
  expect(() => arrays.put(RUN, 1, [arrayOf('recurrent', 1), arrayOf('input', 2)])).toThrow(expect.objectContaining({ code: 'not-reproduced' }))
  expect(arrays.of(RUN).map(({ name }) => name)).toEqual(['input', 'output'])
})

test('an array that is missing or damaged is refused', () => {
  const { db, arrays } = newArrays()
  arrays.put(RUN, 1, [arrayOf('input', 1)])
  expect(() => arrays.read(RUN, 2, 'weight', 'input')).toThrow(expect.objectContaining({ code: 'no-array' }))
  db.exec('UPDATE arrays SET data = zeroblob(4)')
  expect(() => arrays.read(RUN, 1, 'weight', 'input')).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test.each(['[1', '', 'null', '{"0":1}', '["1"]', '[-1]', '[1.5]', '[[1]]', '[2]', '[1,1,1,1,1,1,1,1,1]'])(
  'fault 26: a damaged shape %j loses only its array', (shape) => {
    const { db, arrays } = newArrays()
    arrays.put(RUN, 1, [arrayOf('input', 1), arrayOf('output', 2)])
    db.prepare(`UPDATE arrays SET shape = ? WHERE name = 'input'`).run(shape)
    expect(arrays.of(RUN).map(({ name }) => name)).toEqual(['input', 'output'])
    expect(() => arrays.read(RUN, 1, 'weight', 'input')).toThrow(expect.objectContaining({ code: 'damaged' }))
    expect(arrays.read(RUN, 1, 'weight', 'output').data).toEqual(Float32Array.of(2))
    expect(exportSumsOf(db, [RUN])).toMatchObject({ arrays: 2 })
  })
