import { escapedCode, hiddenCharacters, plainLines } from '../../src-engine/format/hidden-characters.ts'
import { writtenText } from '../../src-engine/format/written-text.ts'

/** Text on one line for the terminal. */
export const printable = (text: string) => writtenText(text, 'terminal')

/** Like `printable`, for text of several lines. */
export const printableText = plainLines

/** Writes the hidden characters that JSON.stringify keeps as escapes, so that the document stays the same. */
export const escapeHidden = (json: string): string => json.replace(hiddenCharacters(), (character) => (character === '\n' ? character : escapedCode(character)))
