/**
 * Characters that have no glyph but move, hide or recolour other text: control characters, line and paragraph separators, byte order
 * marks, and marks of the writing direction.
 */
const HIDDEN = String.raw`[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]`
export const hiddenCharacters = () => new RegExp(HIDDEN, 'gu')
const hidden = hiddenCharacters()

const names: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

/** A hidden character as JSON writes it: \u001b. */
export const escapedCode = (character: string) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`
/** The same, but \n, \t and \r by their names. */
const escapedName = (character: string) => names[character] ?? escapedCode(character)

/** Text on one line: hidden characters, which could break or paint a terminal, are written as \n or \u001b. */
export const oneLine = (text: string): string => text.replace(hidden, escapedName)

/** Like `oneLine`, for text of several lines. */
export const plainLines = (text: string): string => text.replace(hidden, (character) => (character === '\n' ? character : escapedName(character)))
