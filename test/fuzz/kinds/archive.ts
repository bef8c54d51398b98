import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { BadInput } from '../../../src-main/contract/problem.ts'
import { type ArchivedRun, examineArchive, readArchive, writeArchive } from '../../../src-main/transfer/archive/archive.ts'
import { entriesOf, rawArchive } from '../../unit/transfer/archive/raw-archive.ts'
import { memoryLibrary, run } from '../../unit/transfer/archive/support.ts'
import { mutatedBytes, mutatedJson } from '../mutate.ts'
import { type FuzzKind, Lie, refusalOf } from './kind.ts'

export async function archiveKind(folder: string): Promise<FuzzKind> {
  const [file, copy] = ['read.zip', 'again.zip'].map((name) => join(folder, name)) as [string, string]
  const original = run()
  await writeArchive(memoryLibrary([original]), [original.summary.runId], file)
  const seeds = [readFileSync(file), rawArchive(entriesOf(original))]
  /** Whether every run that is read must be the original. */
  let keepsDigests = false
  return {
    input(chance) {
      // Half of the inputs have a changed document with right digests.
      keepsDigests = chance.index(2) === 0
      return keepsDigests
        ? mutatedBytes(chance.oneOf(seeds), chance, seeds)
        : rawArchive(entriesOf(original, (document) => mutatedJson(document, chance)))
    },
    async read(input) {
      writeFileSync(file, input)
      const refusals: string[] = []
      try {
        for await (const entry of examineArchive(file)) {
          if ('refused' in entry) refusals.push(refusalOf(entry.refused.problems))
          else {
            if (keepsDigests && !isDeepStrictEqual(entry.run, original)) throw new Lie('a run was read that is not what its digests are of')
            await requireSameAgain(entry.run, copy)
          }
        }
      } catch (error) {
        if (!(error instanceof BadInput)) throw error
        refusals.push(refusalOf(error.problems))
      }
      return refusals[0] ?? null
    },
  }
}

async function requireSameAgain(one: ArchivedRun, copy: string): Promise<void> {
  if ('texts' in one) return
  await writeArchive(memoryLibrary([one]), [one.summary.runId], copy)
  for await (const again of readArchive(copy)) {
    if (!isDeepStrictEqual(again, one)) throw new Lie(`run ${one.summary.runId} is not read again as the same`)
  }
}
