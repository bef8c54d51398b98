import type { Library } from '../library/library.ts'
import type { EventHub } from './events.ts'

export interface OutcomeOptions {
  library: Pick<Library, 'readOnly' | 'judgeOutcomes' | 'findUnreadable'>
  emit: EventHub['emit']
}

/**
 * @returns a function that judges the finished runs of earlier versions, which have no outcome, and finds runs that cannot be read.
 * Calls at the same time share the work. In a read-only library these runs stay without an outcome.
 */
export function outcomeJudge({ library, emit }: OutcomeOptions): () => Promise<void> {
  let judging: Promise<void> | null = null
  return () => {
    judging ??= judgeAll(library, emit).finally(() => { judging = null })
    return judging
  }
}

async function judgeAll(library: OutcomeOptions['library'], emit: EventHub['emit']): Promise<void> {
  const changed = (library.readOnly === null ? await judge(library) : 0) + await find(library)
  if (changed > 0) emit('library.changed', {})
}

/** @returns how many runs were looked at */
async function judge(library: OutcomeOptions['library']): Promise<number> {
  let judged = 0
  for (let after: string | null = ''; after !== null;) {
    const { looked, last } = await library.judgeOutcomes(after)
    judged += looked
    after = last
  }
  return judged
}

/** @returns how many runs were found that cannot be read */
async function find(library: OutcomeOptions['library']): Promise<number> {
  let all = 0
  for (;;) {
    const { found, done } = await library.findUnreadable()
    all += found
    if (done) return all
  }
}
