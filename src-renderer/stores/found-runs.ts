import { computed, type Ref, shallowRef, watch } from 'vue'
import { parseQuery } from '../../src-engine/query/parse.ts'
import type { QueryError } from '../../src-engine/query/scanner.ts'
import { call, type CallOutput } from '../bridge/bridge.ts'
import { useRuns } from './runs.ts'

export { marksOf } from '../../src-engine/query/marked.ts'
export type { QueryError }
export type Completion = CallOutput<'query.complete'>
export type Suggestion = Completion['suggestions'][number]

/** What can be written at the cursor of a query. */
export const completeQuery = (query: string, cursor: number): Promise<Completion> => call('query.complete', { query, cursor })

/**
 * Runs that a query finds on any shelf, kept current while runs change. The answer before stays until the next one is there.
 * @returns the first error of the query, and the ids of the runs; null for every run, also while the query has an error
 */
export function useFoundRuns(query: Readonly<Ref<string>>) {
  const runs = useRuns()
  const error = computed((): QueryError | null => {
    const parsed = parseQuery(query.value)
    return parsed.ok ? null : parsed.error
  })
  const found = shallowRef<ReadonlySet<string> | null>(null)
  let asking = false
  let askAgain = false

  /** One question at a time. Changes that come meanwhile are one more. */
  const ask = async () => {
    askAgain = true
    if (asking) return
    asking = true
    try {
      while (askAgain) {
        askAgain = false
        found.value = await idsOf(query.value)
      }
    } catch {
      // The library is closed or busy, which a notice says. The list stays as it is.
    } finally {
      asking = false
    }
  }
  const idsOf = async (text: string): Promise<ReadonlySet<string> | null> => {
    if (text.trim() === '' || error.value !== null) return null
    const answer = await call('runs.find', { query: text, shelf: null })
    return answer.ok ? new Set(answer.runIds) : null
  }
  watch([query, () => runs.summaries, () => runs.listings], () => void ask(), { immediate: true, flush: 'sync' })
  return { error, found }
}
