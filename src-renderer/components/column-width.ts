/** Average width of a title's character in units of a digit's. */
const TITLE = 0.9

/**
 * Width of a column of numbers that holds its longest text, a CSS length. Most characters of numbers are as wide as a digit or narrower.
 * @param title shown at the column's head
 */
export function widthOfNumbers(texts: Iterable<string>, title = ''): string {
  let longest = Math.ceil(TITLE * title.length)
  for (const text of texts) longest = Math.max(longest, text.length)
  return `${longest + 1}ch`
}
