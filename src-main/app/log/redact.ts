/** Who must not be recognised in a log. */
export interface Person {
  /** Home folders, such as the path of a link and what it leads to. */
  homes: readonly string[]
  /** Login name; empty if unknown. */
  name: string
}

/** Create a function that writes ~ for the person's home, and `user` for folders that have the person's name. */
export function createRedactor({ homes, name }: Person): (text: string) => string {
  const rules = [...homesOf(homes).map((home) => [pathPattern(home), '~'] as const), ...(name ? [[folderPattern(name), 'user'] as const] : [])]
  return (text) => rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}

/** Longest first, so that a home inside another one is replaced as a whole. The root of a disk is nobody's home. */
const homesOf = (homes: readonly string[]) => [...new Set(homes.map((home) => home.replace(/[\\/]+$/, '')))]
  .filter((home) => !/^([A-Za-z]:)?$/.test(home))
  .sort((a, b) => b.length - a.length)

/** The path with either slash, also as part of a file: URL, but not as the start of another folder's name. */
const pathPattern = (home: string) => new RegExp(`${home.split(/[\\/]/).map(spellings).join(SLASH)}${END}`, 'giu')

const folderPattern = (name: string) => new RegExp(String.raw`(?<=[\\/])${spellings(name)}${END}`, 'giu')

// A text that was made by JSON.stringify doubles its backslashes.
const SLASH = String.raw`(?:\\{1,2}|/)`
const END = String.raw`(?![\p{L}\p{N}_-])`

const spellings = (part: string) => `(?:${[...new Set([part, encodeURI(part)])].map(escaped).join('|')})`

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
