import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** The absolute path from `--library FILE`; undefined without it. Electron's own switches are ignored. */
export function libraryArgument(words: string[], folder: string): string | undefined {
  const { values } = parseArgs({ args: words, options: { library: { type: 'string' } }, strict: false })
  return typeof values.library === 'string' ? resolve(folder, values.library) : undefined
}
