import type { Problem } from '../experiment/problem.ts'

export interface Refusal { ok: false; problems: Problem[] }

export const refused = (path: string, rule: string, found = ''): Refusal => ({ ok: false, problems: [{ path, rule, found }] })

const LONGEST = 40

/** A cell as a message shows it: in quotes, and cut if it is long. */
export const showCell = (cell: string) =>
  (cell === '' ? 'an empty cell' : `'${cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell}'`)
