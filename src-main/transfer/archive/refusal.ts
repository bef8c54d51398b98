import type * as z from 'zod'
import { BadInput, problemsOf } from '../../contract/problem.ts'

/** The file and entry being read, for messages. */
export interface Place {
  file: string
  /** Name of the entry; empty for the archive itself. */
  entry: string
}

const LONGEST_PATH = 200

/** @param rule, found as in `Problem` @param path inside the entry, such as `epochs.3.loss` */
export function refusal({ file, entry }: Place, rule: string, found = '', path = ''): BadInput {
  return new BadInput(file, [{ path: pathIn(entry, path), rule, found }])
}

/** Report the errors of a schema. */
export function schemaRefusal({ file, entry }: Place, error: z.ZodError, document: unknown, within = ''): BadInput {
  const problems = problemsOf(error, document)
  return new BadInput(file, problems.map((problem) =>
    ({ ...problem, path: pathIn(entry, [within, problem.path].filter(Boolean).join('.')) })))
}

/** Convert errors of yauzl, zlib or the file system to `BadInput`. */
export function asRefusal(place: Place, error: unknown): BadInput {
  if (error instanceof BadInput) return error
  const { code, message } = error as NodeJS.ErrnoException
  return refusal(place, code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`)
}

/** Quote a name from outside, so that it cannot break the message around it. */
export function shown(name: string): string {
  const text = JSON.stringify(name).replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text
}

function pathIn(entry: string, path: string): string {
  const whole = [entry, path].filter(Boolean).join(': ')
  return whole.length > LONGEST_PATH ? `${whole.slice(0, LONGEST_PATH)}…` : whole
}
