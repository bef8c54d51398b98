import { hiddenCharacters } from '../format/hidden-characters.ts'
import type { Problem } from './problem.ts'

export const hasHidden = (text: unknown) => typeof text === 'string' && hiddenCharacters().test(text)

/** One problem for each of the named texts that has hidden characters. Stored texts may have them, new ones may not. */
export const hiddenProblems = (texts: Readonly<Record<string, unknown>>): Problem[] => Object.entries(texts)
  .filter(([, text]) => hasHidden(text))
  .map(([path, text]) => ({ path, rule: 'must be one line of plain text, without control characters', found: JSON.stringify(text) }))
