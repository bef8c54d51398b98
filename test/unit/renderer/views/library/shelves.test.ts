import { expect, test } from 'vitest'
import { movedText, whyNotMoved } from '../../../../../src-renderer/views/library/shelves.ts'
import { summaryOf } from '../../fixtures.ts'

const done = summaryOf()
const running = summaryOf({ status: 'running' })
const archived = summaryOf({ shelf: 'archive' })

test.each([
  [[], 'trash', 'Choose or tick a run'],
  [[done], 'trash', null],
  [[done, archived], 'archive', null],
  [[archived], 'archive', 'It is in the archive already'],
  [[running], 'trash', 'It is running: stop or pause it first'],
  [[done, running, { ...running, status: 'queued' as const }], 'trash', '2 of 3 are queued or running: stop or pause first'],
  [[done, running], 'archive', '1 of 2 is queued or running: stop or pause first'],
] as const)('case %#', (runs, to, why) => expect(whyNotMoved(runs, to)).toBe(why))

test('what was moved is said', () => {
  expect(movedText(3, 'trash')).toBe('3 runs moved to the trash')
  expect(movedText(1, 'library')).toBe('1 run back in the library')
})
