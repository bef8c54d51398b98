import type { QueryError } from './scanner.ts'

/** A query before, in and after the characters that are wrong. At its end, that is one space. */
export function marksOf(query: string, { from, length }: Pick<QueryError, 'from' | 'length'>): { before: string; marked: string; after: string } {
  return { before: query.slice(0, from), marked: query.slice(from, from + length) || ' ', after: query.slice(from + length) }
}

/** An error below its query, with its characters marked, for a terminal. */
export function markedError(query: string, error: QueryError): string {
  const { before, marked } = marksOf(query, error)
  return `at character ${error.from + 1}:\n  ${query.replace(/\s/g, ' ')}\n  ${' '.repeat(before.length)}${'^'.repeat(marked.length)}\n${error.message}`
}
