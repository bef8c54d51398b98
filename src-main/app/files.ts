/** File names and files for what the front ends save themselves, such as charts. */
export { safeFileName } from '../transfer/safe-name.ts'
export { removeDrafts, writeFileAtomically, writeWithFolder } from '../transfer/write-file.ts'
