// The mutant switch that instrumented sources import. The active mutant comes from the environment, which threads and child processes
// inherit.
import { appendFileSync } from 'node:fs'

const active = Number(process.env.CHALCOGEN_MUTANT ?? -1)

/** Whether a mutant is active. During the coverage run none is: the ids that each test reaches go to a file instead. */
export const isMutant: (id: number) => boolean = process.env.CHALCOGEN_MUTANTS_REACHED ? note() : (id) => id === active

function note(): (id: number) => boolean {
  let file = ''
  let seen: boolean[] = []
  return (id) => {
    const now = process.env.CHALCOGEN_MUTANTS_REACHED!
    if (now !== file) [file, seen] = [now, []]
    if (!seen[id]) {
      seen[id] = true
      // Written at once: a thread can be terminated at any time.
      appendFileSync(file, `${id}\n`)
    }
    return false
  }
}
