import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** The file of `--library FILE`, absolute; undefined where it isn't given. Electron's own switches pass by. */
export function askedLibrary(words: string[], folder: string): string | undefined {
  const { values } = parseArgs({ args: words, options: { library: { type: 'string' } }, strict: false })
  return typeof values.library === 'string' ? resolve(folder, values.library) : undefined
}
