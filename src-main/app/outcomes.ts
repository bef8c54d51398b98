import type { Library } from '../library/library.ts'
import type { EventHub } from './events.ts'

export interface OutcomeOptions {
  library: Pick<Library, 'readOnly' | 'judgeOutcomes'>
  emit: EventHub['emit']
}

/**
 * @returns a function that judges the finished runs of earlier versions, which have no outcome. Calls at the same time share the work.
 * In a read-only library these runs stay without an outcome.
 */
export function outcomeJudge({ library, emit }: OutcomeOptions): () => Promise<void> {
  let judging: Promise<void> | null = null
  return () => {
    judging ??= judgeAll(library, emit).finally(() => { judging = null })
    return judging
  }
}

async function judgeAll(library: OutcomeOptions['library'], emit: EventHub['emit']): Promise<void> {
  if (library.readOnly !== null) return
  let judged = 0
  for (let after: string | null = ''; after !== null;) {
    const { looked, last } = await library.judgeOutcomes(after)
    judged += looked
    after = last
  }
  if (judged > 0) emit('library.changed', {})
}
