/** Names and files for what a door saves by itself, such as a chart. */
export { safeFileName } from '../transfer/safe-name.ts'
export { writeFileAtomically, writeWithFolder } from '../transfer/write-file.ts'
