import { escapedCode, escapedName, hiddenCharacters, oneLine } from '../../src-engine/experiment/hidden-characters.ts'

/** Text on one line for the terminal. */
export const printable = oneLine

/** Like `printable`, for text of several lines. */
export const printableText = (text: string): string => text.replace(hiddenCharacters(), (character) => (character === '\n' ? character : escapedName(character)))

/** Writes the hidden characters that JSON.stringify keeps as escapes, so that the document stays the same. */
export const escapeHidden = (json: string): string => json.replace(hiddenCharacters(), (character) => (character === '\n' ? character : escapedCode(character)))
