const LONGEST = 120
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i
/** Separators, characters that Windows refuses, control characters, and marks that reverse or hide text and so disguise a name. */
const unsafe = /[/\\:*?"<>|]|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu

/** Convert any text to a file name that is valid on every platform and cannot leave its folder. Keeps the extension. */
export function safeFileName(text: string, fallback = 'unnamed'): string {
  const cleaned = trimmed(text.normalize('NFC').replace(unsafe, '_'))
  const named = shortened(cleaned) || fallback
  return reserved.test(named) ? `_${named}` : named
}

/** Without white space and periods at the ends. A pattern for the end would search from each of many spaces. */
function trimmed(name: string): string {
  let [from, to] = [0, name.length]
  while (from < to && EDGE.test(name[from]!)) from++
  while (to > from && EDGE.test(name[to - 1]!)) to--
  return name.slice(from, to)
}

const EDGE = /[\s.]/

/** Shorten a name to a number of bytes, which file systems count, without splitting a code point. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name
  const extension = /\.[0-9A-Za-z]{1,10}$/.exec(name)?.[0] ?? ''
  let stem = ''
  for (const character of name.slice(0, name.length - extension.length)) {
    if (Buffer.byteLength(stem + character + extension) > LONGEST) break
    stem += character
  }
  return stem.trimEnd() + extension
}
