export interface RunningRun {
  /** Remaining wall time, s; null if unknown. */
  secondsLeft: number | null
}

export interface QueuedRun {
  /** Wall time of the whole run, s; null if unknown. */
  seconds: number | null
}

/** When a queued run starts and ends, s from now; null if that depends on an unknown time. */
export interface PlannedTimes {
  start: number | null
  end: number | null
}

export interface Forecast {
  /** Times of the queued runs, in queue order. */
  planned: PlannedTimes[]
  /** Time until the last run ends, s; null if any time is unknown. */
  secondsLeft: number | null
}

/**
 * Predicts when queued runs start and end. Each starts in queue order as soon as fewer than `workers` runs are running.
 * A run of unknown length keeps its worker forever, so runs that can only start after it have no times either.
 */
export function forecast(running: readonly RunningRun[], queued: readonly QueuedRun[], workers: number): Forecast {
  const free = freeTimes(running, workers)
  const planned = queued.map(({ seconds }): PlannedTimes => {
    const next = indexOfSmallest(free)
    const start = next < 0 || free[next] === Infinity ? null : free[next]!
    if (start === null) return { start, end: null }
    const end = seconds === null ? null : start + seconds
    free[next] = end ?? Infinity
    return { start, end }
  })
  return { planned, secondsLeft: latest([...running.map(({ secondsLeft }) => secondsLeft), ...planned.map(({ end }) => end)]) }
}

/** When each worker becomes free, s. If more runs than workers are running, only the last to end free a worker. */
function freeTimes(running: readonly RunningRun[], workers: number): number[] {
  const ends = running.map(({ secondsLeft }) => secondsLeft ?? Infinity).sort((a, b) => a - b)
  const idle = new Array<number>(Math.max(0, workers - ends.length)).fill(0)
  return [...idle, ...ends.slice(Math.max(0, ends.length - workers))]
}

function indexOfSmallest(values: readonly number[]): number {
  let smallest = values.length > 0 ? 0 : -1
  for (let index = 1; index < values.length; index++) if (values[index]! < values[smallest]!) smallest = index
  return smallest
}

function latest(ends: readonly (number | null)[]): number | null {
  let last = 0
  for (const end of ends) {
    if (end === null) return null
    last = Math.max(last, end)
  }
  return last
}
