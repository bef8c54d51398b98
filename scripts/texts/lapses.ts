import { schemeKinds } from '../../src-engine/experiment/scheme.ts'

/** A way of writing that WORDS rules out, and what to write instead. */
interface Lapse {
  pattern: RegExp
  instead: string
}

/** The commonest lapses of Chalcogen's texts so far. Case matters only where a pattern says so. */
export const lapses: readonly Lapse[] = [
  { pattern: /\bfound (?:nothing|no)\b|; allowed:/i, instead: 'Say the rule and what to do: "Choose a file.", "… must be between 1 and 10."' },
  { pattern: /\bgo(?:es|ne|ing)? on\b|\bwent on\b/i, instead: 'continue, resume' },
  { pattern: /\b(?:come|comes|came|coming) to rest\b|\bat rest\b/i, instead: 'end, stop' },
  { pattern: /\bhold(?:s|ing)? still\b/i, instead: 'wait' },
  { pattern: /\btake(?:s|n)? up\b|\btook up\b/i, instead: 'resume, continue' },
  { pattern: /\bonce more\b|\banew\b/i, instead: 'again' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, instead: 'fix, repair' },
  { pattern: /\bnobody\b|\bwhoever\b|\bwhom\b|\bwhatever\b/i, instead: 'name who or what it is' },
  { pattern: /\b(?:of|in|from|by|to|at) which\b|\bso many\b|\bof the like\b|\bthereof\b/i, instead: 'a relative clause that a speaker would use' },
  { pattern: /\bNothing runs\b|\bNothing waits\b|\bIn nothing\b|\bNot at default\b/i, instead: 'Idle, No changes, Changed from preset' },
  { pattern: /\bpattern 0\b/i, instead: 'count patterns from 1' },
  { pattern: /\bplease\b|\boops\b|\bsorry\b/i, instead: 'leave it out' },
  { pattern: /\p{L}!$|\p{L}! /u, instead: 'a full stop' },
  { pattern: /\.\.\.(?![.>\]])/, instead: '… (one character)' },
  { pattern: /\bisn't able\b|\bis unable to\b|\bunable to\b/i, instead: 'cannot, could not' },
]

/** Names of schemes, models and conventions as JSON has them, which have titles for the window. */
const identifiers = new Set<string>([
  ...schemeKinds,
  'pcm', 'wait', 'immediate', 'stored', 'truncate', 'float32', 'float64',
])

const LONGEST_SENTENCE = 25

/** What is wrong with a text; empty where nothing is. */
export function lapsesOf(text: string): string[] {
  const found = lapses.filter(({ pattern }) => pattern.test(text)).map(({ instead }) => instead)
  const isLong = sentencesOf(text).some((sentence) => sentence.split(/\s+/).length > LONGEST_SENTENCE)
  return [...found, ...(isLong ? [`a sentence of at most ${LONGEST_SENTENCE} words`] : [])]
}

export const isIdentifier = (text: string) => identifiers.has(text)

const sentencesOf = (text: string) => text.split(/(?<=[.;:?])\s+/)
