export { FileError, worded } from '../contract/file-error.ts'
export { BadInput } from '../contract/problem.ts'
export { LibraryError, requireReadable } from '../library/library.ts'
