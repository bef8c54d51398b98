import type { AnnotationChange } from '../../stores/runs.ts'

/** Tags with the same key are one. */
export const keyOfTag = (tag: string) => tag.toLowerCase()

/** What typed tags, separated by commas, change. Null if they change nothing. */
export function tagChange(saved: readonly string[], typed: string): Pick<AnnotationChange, 'addTags' | 'removeTags'> | null {
  const wanted = typed.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '')
  const [before, after] = [new Set(saved.map(keyOfTag)), new Set(wanted.map(keyOfTag))]
  const isFirst = (tag: string, index: number) => wanted.findIndex((other) => keyOfTag(other) === keyOfTag(tag)) === index
  const addTags = wanted.filter((tag, index) => !before.has(keyOfTag(tag)) && isFirst(tag, index))
  const removeTags = saved.filter((tag) => !after.has(keyOfTag(tag)))
  return addTags.length + removeTags.length === 0 ? null : { addTags, removeTags }
}
