import type { Training } from './train.ts'
import type { Probed } from './messages.ts'
import { SequenceClock } from './sequence-clock.ts'

const ENOUGH_MS = 800
const LEAST = 3
/** The first sequences are not timed: they are slower, because neither the code nor the network is warm. */
const WARMING = 3

/** Trains for about 0.8 s to measure how long a sequence takes. */
export function probeSequences(makeTraining: () => Training): Probed {
  const begin = performance.now()
  const training = makeTraining()
  const secondsToStart = secondsSince(begin)
  const clock = new SequenceClock()
  const tryUntil = performance.now() + ENOUGH_MS
  for (let count = 0; !training.done && (performance.now() < tryUntil || count < LEAST); count++) {
    if (count < WARMING) training.step()
    else clock.time(() => training.step())
  }
  const secondsPerSequence = clock.median() ?? (secondsSince(begin) - secondsToStart) / Math.max(1, training.sequencesDone)
  return { secondsPerSequence, secondsToStart, seconds: secondsSince(begin) }
}

const secondsSince = (begin: number) => (performance.now() - begin) / 1000
