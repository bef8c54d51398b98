import type { AppEvents } from '../app/events.ts'
import type { Notice } from '../contract/library.ts'

/** Number of notices kept, the newest ones. */
const KEPT = 20

/** Keeps notices for a window that opens later. @returns a function that returns the notices so far, oldest first */
export function keepNotices(events: AppEvents): () => Notice[] {
  const notices: Notice[] = []
  events.on('library.notice', (notice) => {
    notices.push(notice)
    if (notices.length > KEPT) notices.shift()
  })
  return () => [...notices]
}
