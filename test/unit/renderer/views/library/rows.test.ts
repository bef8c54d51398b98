import { expect, test } from 'vitest'
import type { RunGroupRow } from '../../../../../src-renderer/stores/table.ts'
import { groupedRows, groupId, runRows } from '../../../../../src-renderer/views/library/rows.ts'
import { summaryOf } from '../../fixtures.ts'

const shown = ['a', 'b', 'c', 'd'].map((runId) => summaryOf({ runId }))
const groups: RunGroupRow[] = [
  { keys: ['sign'], runIds: ['d', 'a', 'gone'], cells: [] },
  { keys: ['fp32'], runIds: ['hidden'], cells: [] },
  { keys: [null], runIds: ['c', 'b'], cells: [] },
]
const open = (...keys: RunGroupRow['keys']) => new Set(keys.map((key) => groupId({ keys: [key] })))
const textOf = (rows: ReturnType<typeof groupedRows>) =>
  rows.map(({ run, group }) => (run ? run.runId : `${group.keys[0]}: ${group.runs.map(({ runId }) => runId).join('')}`))

test('groups have the shown runs in the order of the list, and none without one', () => {
  expect(textOf(groupedRows(groups, shown, open()))).toEqual(['sign: ad', 'null: bc'])
})

test('an open group is followed by its runs', () => {
  const rows = groupedRows(groups, shown, open(null))
  expect(textOf(rows)).toEqual(['sign: ad', 'null: bc', 'b', 'c'])
  expect(rows.map(({ group }) => group?.isOpen)).toEqual([false, true, undefined, undefined])
})

test('ids of rows differ, also of keys that read alike', () => {
  const alike: RunGroupRow[] = [['1', ['a']], [1, ['b']], ['null', ['c']], [null, ['d']]].map(([key, runIds]) =>
    ({ keys: [key as string], runIds: runIds as string[], cells: [] }))
  const rows = [...groupedRows(alike, shown, new Set()), ...runRows(shown)]
  expect(new Set(rows.map(({ id }) => id)).size).toBe(8)
})
