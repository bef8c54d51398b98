import { formatDuration } from '../../src-engine/format/durations.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import type { SearchProgress } from '../app/sweep-runner.ts'

/** An arm that an earlier start has searched ends faster than this, s. */
const SEARCHED_BEFORE = 5

/** Tells the time that the other arms of a search will take, from those of its arms that were searched since the start. @param now ms */
export function remainingTime(now = () => performance.now()): (progress: SearchProgress) => string {
  let durations: number[] = []
  let [last, before] = [now(), 0]
  return ({ done, of }) => {
    // Arms of another search, such as a small one for each arm of an ablation, take another time.
    if (done <= before) durations = []
    before = done
    const seconds = (now() - last) / 1000
    last = now()
    if (seconds > SEARCHED_BEFORE) durations.push(seconds)
    const left = of - done
    return left === 0 || durations.length === 0 ? '' : ` The others will take about ${formatDuration(left * meanOf(durations))}.`
  }
}
