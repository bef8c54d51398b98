import { formatExact, formatNumber, NO_VALUE } from '../format/numbers.ts'
import type { QueryName } from './name.ts'

/** The value of a name: an identifier of a choice, a time in ISO 8601 (UTC), the texts of a list; null if there is none. */
export type Cell = number | string | boolean | readonly string[] | null

export const columnTitle = ({ name, unit, kind }: QueryName): string => (unit === null || kind !== 'number' ? name : `${name} (${unit})`)

/** A parameter was chosen by the user, so it keeps all digits; a result is rounded. */
export function cellText({ origin, name }: QueryName, cell: Cell): string {
  if (cell === null) return NO_VALUE
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'string') return cell
  if (typeof cell === 'object') return cell.length === 0 ? NO_VALUE : cell.join(', ')
  return origin === 'parameter' || Number.isInteger(cell) || name === 'seed' ? formatExact(cell) : formatNumber(cell)
}
