/** Widths of characters in units of a digit's width, with a reserve for other fonts. All others are as wide as a digit. */
const NARROW: ReadonlyMap<string, number> = new Map([
  ['\u202f', 0.4], [' ', 0.6], ['.', 0.6], [',', 0.6], ...[...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'].map((one): [string, number] => [one, 0.75]),
  ...[...'×±−+<'].map((one): [string, number] => [one, 1.35]),
])

const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (NARROW.get(character) ?? 1), 0)

/** A title is set smaller, and its letters are narrower than digits on average. */
const TITLE = 0.75

/**
 * Width of a column of numbers that holds its longest text and its title, a CSS length. Head and rows must have the same font size, so that
 * they have the same columns.
 */
export function widthOfNumbers(texts: Iterable<string>, title = ''): string {
  let longest = TITLE * title.length
  for (const text of texts) longest = Math.max(longest, widthOf(text))
  return `${Math.ceil(longest) + 1}ch`
}
