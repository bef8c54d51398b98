import type { Chance } from '../../../scripts/chaos/random.ts'

/** What one reader of files from outside is tried with. */
export interface FuzzKind {
  /** A changed input, the same for the same chance. */
  input(chance: Chance): Uint8Array
  /**
   * Reads an input, and compares what is read with what was written.
   * @returns why it was refused; null if it was read
   * @throws Lie if the two differ; any other error is a fault of the reader
   */
  read(input: Uint8Array): Promise<string | null> | string | null
}

/** What was read is not what was written. */
export class Lie extends Error {}

/** The errors of a parser that answers with problems, which must be named. */
export function refusalOf(problems: readonly { path: string; rule: string }[]): string {
  const [first] = problems
  if (first === undefined || first.rule.trim() === '' || problems.length > 20) throw new Lie(`was refused with ${problems.length} problems, or without a reason`)
  return `${first.path}: ${first.rule}`
}
