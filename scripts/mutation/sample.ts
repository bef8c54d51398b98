import { createHash } from 'node:crypto'
import type { Mutant } from './mutants.ts'

/** A random sample. It stays the same for mutants that an edit of the sources does not change. */
export function sample<Item extends Pick<Mutant, 'key'>>(mutants: readonly Item[], size: number, seed: number): Item[] {
  const rank = ({ key }: Item) => createHash('sha256').update(`${seed} ${key}`).digest('hex')
  const ranked = mutants.map((mutant) => ({ mutant, rank: rank(mutant) }))
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size).map(({ mutant }) => mutant)
}
