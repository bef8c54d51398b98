import { basename } from 'node:path'
import { LibraryError } from './error.ts'

/** SQLite's limit for a path on Unix (512 bytes, with room for the ending of a journal). Windows refuses long paths itself. */
const MOST_BYTES = 512 - '-journal'.length
/** Limit of a name on every usual file system. */
const MOST_NAME_BYTES = 255 - '-journal'.length

/**
 * Refuses a library whose path SQLite cannot open. SQLite would only say that it is unable to.
 * @param longest the longest path that is made of it, such as a draft's
 * @throws LibraryError cannot-open
 */
export function refuseLongPath(file: string, longest = file): void {
  if (process.platform === 'win32') return
  const most = MOST_BYTES - (bytesIn(longest) - bytesIn(file))
  if (bytesIn(file) > most) {
    throw new LibraryError('cannot-open', `The path is ${bytesIn(file)} bytes long, but SQLite takes at most ${most} here. Choose a shorter folder.`)
  }
  const [name, longestName] = [basename(file), basename(longest)]
  const mostInName = MOST_NAME_BYTES - Math.max(0, bytesIn(longestName) - bytesIn(name))
  if (bytesIn(name) > mostInName) {
    throw new LibraryError('cannot-open', `The name ${name} is ${bytesIn(name)} bytes long, but at most ${mostInName} fit here. Choose a shorter name.`)
  }
}

const bytesIn = (text: string) => Buffer.byteLength(text)
