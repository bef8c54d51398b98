import { counted } from '../../components/format.ts'
import { keyOfTag } from './tag-change.ts'

interface CountedTag { tag: string; runs: number }

/** Tags that all of some runs have, and how many of the runs have each of the others. A tag keeps its first spelling. */
export function sharedTags(tagsOfRuns: readonly (readonly string[])[]): { shared: string[]; others: CountedTag[] } {
  const found = new Map<string, CountedTag>()
  for (const tag of tagsOfRuns.flat()) {
    const one = found.get(keyOfTag(tag)) ?? { tag, runs: 0 }
    one.runs += 1
    found.set(keyOfTag(tag), one)
  }
  const isShared = ({ runs }: CountedTag) => runs === tagsOfRuns.length
  const all = [...found.values()]
  return { shared: all.filter(isShared).map(({ tag }) => tag), others: all.filter((one) => !isShared(one)) }
}

/** 'Some runs also have: draft (2 runs), paper (1 run).' Empty if all have the same. */
export const otherTagsText = (others: readonly CountedTag[]) =>
  (others.length === 0 ? '' : `Some runs also have: ${others.map(({ tag, runs }) => `${tag} (${counted(runs, 'run')})`).join(', ')}.`)
