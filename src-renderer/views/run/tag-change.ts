import type { AnnotationChange } from '../../stores/runs.ts'

const key = (tag: string) => tag.toLowerCase()

/** What typed tags, separated by commas, change. Two that differ only in case are one. Null if they change nothing. */
export function tagChange(saved: readonly string[], typed: string): Pick<AnnotationChange, 'addTags' | 'removeTags'> | null {
  const wanted = typed.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')
  const [before, after] = [new Set(saved.map(key)), new Set(wanted.map(key))]
  const isFirst = (tag: string, index: number) => wanted.findIndex((other) => key(other) === key(tag)) === index
  const addTags = wanted.filter((tag, index) => !before.has(key(tag)) && isFirst(tag, index))
  const removeTags = saved.filter((tag) => !after.has(key(tag)))
  return addTags.length + removeTags.length === 0 ? null : { addTags, removeTags }
}
