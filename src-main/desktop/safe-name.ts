const LONGEST = 100

// What no file name may hold on one of the platforms, and what hides or turns text around.
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A file name without extension, of any text: harmless on every platform, never empty. */
export function safeName(text: string): string {
  const plain = text.replace(forbidden, '-').slice(0, LONGEST).replace(/^[.\s]+|[.\s]+$/g, '')
  if (plain === '') return 'untitled'
  return reserved.test(plain.split('.')[0]) ? `_${plain}` : plain
}
