import type * as z from 'zod'
import { BadInput, problemsOf } from '../../contract/problem.ts'

/** What is being read: for messages. */
export interface Place {
  file: string
  /** Name of an entry; empty for the archive itself. */
  entry: string
}

const LONGEST_PATH = 200
const MOST_PROBLEMS = 20

/** @param path inside the entry, such as `epochs.3.mse` */
export function refusal({ file, entry }: Place, found: string, allowed: string, path = ''): BadInput {
  return new BadInput(file, [{ path: pathIn(entry, path), found, allowed }])
}

/** What a schema refused. A hostile document can have as many problems as it likes: the first few are told. */
export function schemaRefusal({ file, entry }: Place, error: z.ZodError, document: unknown, within = ''): BadInput {
  const problems = problemsOf(error, document).slice(0, MOST_PROBLEMS)
  return new BadInput(file, problems.map(({ path, found, allowed }) =>
    ({ path: pathIn(entry, [within, path].filter(Boolean).join('.')), found, allowed })))
}

/** Whatever yauzl, zlib or the file system threw, as `BadInput`. */
export function asRefusal(place: Place, error: unknown): BadInput {
  if (error instanceof BadInput) return error
  const { code, message } = error as NodeJS.ErrnoException
  return refusal(place, code === 'ENOENT' ? 'no such file' : message, 'a whole archive of runs, as it was written')
}

/** A name from outside, so that it cannot break out of the message it stands in. */
export function shown(name: string): string {
  const text = JSON.stringify(name).replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text
}

function pathIn(entry: string, path: string): string {
  const whole = [entry, path].filter(Boolean).join(': ')
  return whole.length > LONGEST_PATH ? `${whole.slice(0, LONGEST_PATH)}…` : whole
}
