import { counted, formatQuantity } from '../../../components/format.ts'

/** With fewer seeds, intervals are wide and a paired test can hardly tell arms apart. */
const MIN_SEEDS = 10

/** Warning about fewer than ten seeds; null for ten or more and for an invalid list. */
export function fewSeedsText(seeds: unknown): string | null {
  if (!Array.isArray(seeds) || seeds.length === 0 || seeds.length >= MIN_SEEDS) return null
  if (seeds.length === 1) return '1 seed: no interval and no test. Use 10 or more seeds to tell arms apart.'
  const smallest = formatQuantity(2 / 2 ** seeds.length)
  const limits = `${counted(seeds.length, 'seed')}: intervals are wide and no paired test can go below p = ${smallest}.`
  return `${limits} Use 10 or more seeds to tell arms apart.`
}
