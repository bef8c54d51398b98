import { expect, test } from 'vitest'
import { describeOffer, offersFor } from '../../../src-main/desktop/offers.ts'

const backup = { file: '/backups/b', bytes: 1, madeAt: '2026-11-25T12:34:56.789Z', reason: 'scheduled' } as const

test.each([
  ['damaged', ['restore', 'set aside', 'retry', 'quit']],
  ['not-a-database', ['restore', 'set aside', 'retry', 'quit']],
  ['locked', ['retry', 'quit']],
  ['disk-full', ['retry', 'quit']],
  ['foreign', ['retry', 'quit']],
  ['empty-file', ['retry', 'quit']],
  ['newer', ['quit']],
])('a library that is %s', (code, kinds) => {
  expect(offersFor(code, [backup]).map(({ kind }) => kind)).toEqual(kinds)
})

test('an offer says what will happen', () => {
  expect(offersFor('damaged', [backup]).map(describeOffer)).toEqual([
    'Restore the backup of 2026-11-25 12:34 UTC', 'Keep the file aside and begin a new library', 'Try again', 'Quit',
  ])
})
