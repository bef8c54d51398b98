/**
 * Pattern for GLOB that a text matches in any case, as a whole or with something before and after it. The functions of SQLite know capital
 * letters of the English alphabet alone, and one in JavaScript takes a second for a hundred thousand runs.
 */
export function patternOf(text: string, isPart: boolean): string {
  const inside = [...text].map(inAnyCase).join('')
  return isPart ? `*${inside}*` : inside
}

/** Characters that GLOB would not take for themselves. */
const SPECIAL = /[*?[]/

function inAnyCase(character: string): string {
  const cases = [...new Set([character, character.toLowerCase(), character.toUpperCase()])].filter((one) => [...one].length === 1)
  return cases.length > 1 || SPECIAL.test(character) ? `[${cases.join('')}]` : character
}
