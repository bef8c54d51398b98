import { expect, test } from 'vitest'
import { createEventHub } from '../../../src-main/app/events.ts'
import { keepNotices } from '../../../src-main/desktop/notices.ts'

test('keeps the latest notices for a window that opens later', () => {
  const hub = createEventHub()
  const notices = keepNotices(hub)
  for (let count = 1; count <= 25; count++) hub.emit('library.notice', { level: 'error', message: `${count}` })
  expect(notices().map(({ message }) => Number(message))).toEqual(Array.from({ length: 20 }, (_, index) => index + 6))
})
