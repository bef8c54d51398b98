/** File names and files for what the front ends save themselves, such as charts. */
export { safeFileName } from '../transfer/safe-name.ts'
export { refuseLongPath } from '../library/path-length.ts'
export { refuseFigureFile } from '../transfer/figure-file.ts'
export { removeDrafts, writeFileAtomically, writeSmallFile, writeWithFolder } from '../transfer/write-file.ts'
