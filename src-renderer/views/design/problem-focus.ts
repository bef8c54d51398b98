import { nextTick } from 'vue'
import type { Problem } from '../../../src-engine/experiment/problem.ts'
import type { LeafField } from '../../components/spec-form/form-model.ts'
import { fieldOf } from '../../components/spec-form/problems.ts'

interface Form {
  problems: () => readonly Problem[]
  fields: () => readonly LeafField[]
  /** Element that holds the form. */
  root: () => HTMLElement | null
  /** Makes every field visible. */
  show: () => void
}

/** Go through the problems of a form. @returns a function that focuses the field of the next one, and after the last of the first */
export function useProblemFocus({ problems, fields, root, show }: Form): () => Promise<void> {
  let last: string | null = null
  return async () => {
    const paths = [...new Set(problems().map((problem) => fieldOf(problem, fields())?.path ?? problem.path))]
    const next = nextPath(paths, last)
    if (next === null) return
    last = next
    show()
    await nextTick()
    focusField(root(), next)
  }
}

/** The path after `last`, or the first one. */
export function nextPath(paths: readonly string[], last: string | null): string | null {
  const index = last === null ? -1 : paths.indexOf(last)
  return paths[index + 1] ?? paths[0] ?? null
}

const editable = 'input, textarea, button'

/** Focus the input of a field and select its text. A problem without a field is scrolled into view. */
function focusField(root: HTMLElement | null, path: string): void {
  const field = root?.querySelector<HTMLElement>(`[data-test="field-${CSS.escape(path)}"]`)
  const input = field?.matches(editable) ? field : field?.querySelector<HTMLElement>(editable)
  if (!input) return root?.querySelector(`[data-test="field-error-${CSS.escape(path)}"]`)?.scrollIntoView({ block: 'nearest' })
  input.focus()
  if (input instanceof HTMLInputElement) input.select()
}
