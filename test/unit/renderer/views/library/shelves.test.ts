import { expect, test } from 'vitest'
import { movedText, whyNotMoved } from '../../../../../src-renderer/views/library/shelves.ts'
import { summaryOf } from '../../fixtures.ts'

const done = summaryOf()
const running = summaryOf({ status: 'running' })
const archived = summaryOf({ shelf: 'archive' })

test.each([
  [[], 'trash', 'Select a run first.'],
  [[done], 'trash', null],
  [[done, archived], 'archive', null],
  [[archived], 'archive', 'This run is already in the archive.'],
  [[running], 'trash', 'This run is running. Stop or pause it first.'],
  [[done, running, { ...running, status: 'queued' as const }], 'trash', '2 of 3 runs are queued or running. Stop or pause them first.'],
  [[done, running], 'archive', '1 of 2 runs is queued or running. Stop or pause it first.'],
] as const)('case %#', (runs, to, why) => expect(whyNotMoved(runs, to)).toBe(why))

test('describes a move', () => {
  expect(movedText(['a', 'b', 'c'], 'trash')).toBe('Moved 3 runs to the trash')
  expect(movedText(['fast'], 'library')).toBe('Moved 1 run back to the library: fast')
})
