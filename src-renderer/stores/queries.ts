import { parseQuery } from '../../src-engine/query/parse.ts'
import type { QueryError } from '../../src-engine/query/scanner.ts'
import { call, type CallOutput } from '../bridge/bridge.ts'

export { marksOf } from '../../src-engine/query/marked.ts'
export type { QueryError }
export type Completion = CallOutput<'query.complete'>
export type Suggestion = Completion['suggestions'][number]

/** What can be written at the cursor of a query. */
export const completeQuery = (query: string, cursor: number): Promise<Completion> => call('query.complete', { query, cursor })

/** The first error of a query; null if there is none. */
export function errorIn(query: string): QueryError | null {
  const parsed = parseQuery(query)
  return parsed.ok ? null : parsed.error
}
