import { expect, test } from 'vitest'
import { groupId, ListRows } from '../../../../../src-renderer/views/library/rows.ts'

const runIds = ['a', 'b', 'c', 'd', 'e', 'f']
const groups = [{ key: '["x"]', from: 1, size: 2 }, { key: '[null]', from: 4, size: 2 }]
const rowsWith = (...open: string[]) => new ListRows({ runIds, groups }, new Set(open.map(groupId)))
const textOf = (rows: ListRows) => rows.slice(0, Infinity).map(({ id, group, level }) => (group ? group.runIds.join('+') : `${id}${level}`))

test('groups stand for their runs, and runs without a group for themselves', () => {
  expect(textOf(rowsWith())).toEqual(['a1', 'b+c', 'd1', 'e+f'])
  expect(textOf(new ListRows({ runIds, groups: [] }, new Set()))).toEqual(runIds.map((id) => `${id}1`))
})

test('an open group is followed by its runs', () => {
  const rows = rowsWith('[null]')
  expect(textOf(rows)).toEqual(['a1', 'b+c', 'd1', 'e+f', 'e2', 'f2'])
  expect(rows.slice(0, 9).map(({ group }) => group?.isOpen)).toEqual([undefined, false, undefined, true, undefined, undefined])
})

test('each row is found at its place, and a run in a closed group by the group', () => {
  const rows = rowsWith('["x"]')
  expect(rows.slice(0, 9).map(({ id }) => rows.placeOf(id))).toEqual([0, 1, 2, 3, 4, 5])
  // The first places are searched for, and the others looked up.
  for (let round = 0; round < 10; round++) {
    expect(['a', 'f', 'gone', groupId('gone'), groupId('[null]')].map((id) => rows.placeOf(id))).toEqual([0, undefined, undefined, undefined, 5])
  }
  expect([rows.placeOf('f'), rows.closedGroupOf('f')?.id, rows.closedGroupOf('b'), rows.closedGroupOf('gone')])
    .toEqual([undefined, groupId('[null]'), null, null])
})

test('the row of a run within a group leads to that of the group', () => {
  expect([0, 1, 2, 3, 4, 5].map((index) => rowsWith('["x"]').groupPlaceOf(index))).toEqual([null, null, 1, 1, null, null])
})

test('rows past the end are left out', () => {
  const rows = rowsWith()
  expect([rows.slice(3, 9).length, rows.slice(7, 9), rows.at(4), rows.at(-1)]).toEqual([1, [], undefined, undefined])
})
