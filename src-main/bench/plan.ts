/** One measurement of the bench. */
export interface Part {
  title: string
  /** Approximate duration on a slow machine, s. Used only for the remaining time. */
  estimate: number
  measure(): void | Promise<void>
}

/** Called before each part with its number (from 1) and the estimated remaining time, s. */
export type OnPart = (part: { number: number; of: number; title: string; secondsLeft: number }) => void

/** Runs one part after the other. The time taken so far corrects the estimates of the parts that follow. */
export async function runParts(parts: Part[], onPart: OnPart): Promise<void> {
  const begin = performance.now()
  const total = sumOf(parts)
  for (const [index, part] of parts.entries()) {
    const left = sumOf(parts.slice(index))
    const taken = (performance.now() - begin) / 1000
    onPart({ number: index + 1, of: parts.length, title: part.title, secondsLeft: left * paceOf(taken, total - left) })
    await part.measure()
  }
}

/** Weight of the original estimates, s: the pace changes noticeably only after measuring about this long. */
const TRUSTED_SECONDS = 5

/** Actual seconds per estimated second. */
export const paceOf = (taken: number, estimated: number) => (taken + TRUSTED_SECONDS) / (estimated + TRUSTED_SECONDS)

const sumOf = (parts: Part[]) => parts.reduce((sum, { estimate }) => sum + estimate, 0)
