const LONGEST = 120
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i
/** Separators and what Windows refuses; control characters; marks that turn or hide text, so that a name could lie. */
const unsafe = /[/\\:*?"<>|]|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu

/** Any text as a file name that every platform takes, inside the folder it is put in; the extension is kept. */
export function safeFileName(text: string, fallback = 'unnamed'): string {
  const cleaned = text.normalize('NFC').replace(unsafe, '_').replace(/^[\s.]+|[\s.]+$/g, '')
  const named = shortened(cleaned) || fallback
  return reserved.test(named) ? `_${named}` : named
}

/** By code points, in the middle of which no cut is made, and by bytes, which is what file systems count. */
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
