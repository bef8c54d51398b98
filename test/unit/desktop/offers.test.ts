import { expect, test } from 'vitest'
import { describeOffer, offersFor } from '../../../src-main/desktop/offers.ts'

const backup = { file: '/backups/b', bytes: 1, madeAt: '2026-11-25T12:34:56.789Z', reason: 'scheduled' } as const

test.each([
  ['damaged', ['restore', 'repair', 'set aside', 'retry', 'quit']],
  ['not-a-database', ['restore', 'set aside', 'retry', 'quit']],
  ['locked', ['retry', 'quit']],
  ['disk-full', ['retry', 'quit']],
  ['foreign', ['retry', 'quit']],
  ['empty-file', ['retry', 'quit']],
  ['newer', ['quit']],
])('offers for the error %s', (code, kinds) => {
  expect(offersFor(code, [backup]).map(({ kind }) => kind)).toEqual(kinds)
})

test('an offer names its action', () => {
  expect(offersFor('damaged', [backup]).map(describeOffer)).toEqual([
    'Restore the backup of 2026-11-25 12:34 UTC', 'Check and repair', 'Rename the file and create a new library', 'Retry', 'Quit',
  ])
})
