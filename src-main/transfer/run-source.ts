import type { Library } from '../library/library.ts'

/** What an export reads of a run. Its epochs come some at a time, since there may be very many. */
export type RunSource = Pick<Library, 'overview' | 'epochs'>
