import type { Library } from '../library/library.ts'

/** What an export reads of a run, with the samples of its signal. Its epochs come some at a time, since there may be very many. */
export type RunSource = Pick<Library, 'overview' | 'epochs'>
