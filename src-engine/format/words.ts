import { formatCount } from './numbers.ts'

/** A count with its noun: '1 run', '3 runs', '12 345 runs'. */
export const counted = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/** 'a', 'a or b', 'a, b or c' */
export const listed = (words: readonly string[], last: 'and' | 'or') =>
  (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`)
