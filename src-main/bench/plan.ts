/** One measurement of the bench. */
export interface Part {
  title: string
  /** About what it takes, s on a slow machine: only for the time left. */
  estimate: number
  measure(): void | Promise<void>
}

/** What is being measured, and s left: unknown before the first part has told the machine's speed. */
export type OnPart = (part: { number: number; of: number; title: string; secondsLeft: number }) => void

/** Measures one part after the other; what they took corrects the estimates of those that follow. */
export async function carryOut(parts: Part[], onPart: OnPart): Promise<void> {
  const begin = performance.now()
  const total = sumOf(parts)
  for (const [index, part] of parts.entries()) {
    const left = sumOf(parts.slice(index))
    const taken = (performance.now() - begin) / 1000
    onPart({ number: index + 1, of: parts.length, title: part.title, secondsLeft: left * paceOf(taken, total - left) })
    await part.measure()
  }
}

/** Estimates are trusted until a fair share of them has come true. */
const TRUSTED_SECONDS = 5

/** Seconds for each estimated one. */
export const paceOf = (taken: number, estimated: number) => (taken + TRUSTED_SECONDS) / (estimated + TRUSTED_SECONDS)

const sumOf = (parts: Part[]) => parts.reduce((sum, { estimate }) => sum + estimate, 0)
