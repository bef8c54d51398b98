export { BadInput } from '../contract/problem.ts'
export { LibraryError } from '../library/library.ts'
