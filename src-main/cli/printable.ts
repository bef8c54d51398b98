import { hiddenCharacters } from '../../src-engine/experiment/hidden-characters.ts'

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

const escaped = (character: string) => names[character] ?? code(character)
const code = (character: string) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`

/** Text on one line: hidden characters, which could break or paint the terminal, are written as \n or \u001b. */
export const printable = (text: string): string => text.replace(hiddenCharacters(), escaped)

/** Like `printable`, for text of several lines. */
export const printableText = (text: string): string => text.replace(hiddenCharacters(), (character) => (character === '\n' ? character : escaped(character)))

/** Writes the hidden characters that JSON.stringify keeps as escapes, so that the document stays the same. */
export const escapeHidden = (json: string): string => json.replace(hiddenCharacters(), (character) => (character === '\n' ? character : code(character)))
