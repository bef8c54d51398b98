import { counted, formatNumber } from '../../../components/format.ts'

/** With fewer, intervals are wide and a paired test can hardly tell arms apart. */
const ENOUGH = 10

/** What fewer than ten seeds cannot show; null for ten and more, and where there is no list of seeds. */
export function fewSeedsText(seeds: unknown): string | null {
  if (!Array.isArray(seeds) || seeds.length === 0 || seeds.length >= ENOUGH) return null
  if (seeds.length === 1) return '1 seed: no interval and no test. Ten or more tell arms apart.'
  const smallest = formatNumber(2 / 2 ** seeds.length, 2)
  return `${counted(seeds.length, 'seed')}: wide intervals, and no paired test can come below p = ${smallest}. Ten or more tell arms apart.`
}
