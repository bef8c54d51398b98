import { counted } from './format.ts'

const NAMED = 20

/** Names of runs, one per line, for a tooltip. */
export function namesText(names: readonly string[]): string {
  const others = names.length - NAMED
  return [...names.slice(0, NAMED), ...(others > 0 ? [`and ${counted(others, 'other')}`] : [])].join('\n')
}
