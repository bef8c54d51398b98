import { formatCount } from './numbers.ts'

/** A count with its noun: '1 run', '3 runs', '12 345 runs'. */
export const counted = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
