/** A run that has begun. */
export interface Begun {
  /** Wall time it still takes, s; null where nothing is known. */
  secondsLeft: number | null
}

/** A run that waits for its turn. */
export interface Waiting {
  /** Wall time it takes once it runs, s; null where nothing is known. */
  seconds: number | null
}

/** When a waiting run begins and ends, s from now; null where that hangs on a time that nobody knows. */
export interface Turn {
  start: number | null
  end: number | null
}

export interface Forecast {
  /** Of the waiting runs, in their order. */
  turns: Turn[]
  /** Until the last of all ends, s; null where a time is missing. */
  secondsLeft: number | null
}

/**
 * What a queue comes to: each waiting run begins, in the given order, as soon as fewer than `workers` runs are going. A run of
 * unknown length keeps its worker for good, so that what can only come after it has no time either.
 */
export function forecast(begun: readonly Begun[], waiting: readonly Waiting[], workers: number): Forecast {
  const free = freeTimes(begun, workers)
  const turns = waiting.map(({ seconds }): Turn => {
    const next = indexOfSmallest(free)
    const start = next < 0 || free[next] === Infinity ? null : free[next]
    if (start === null) return { start, end: null }
    const end = seconds === null ? null : start + seconds
    free[next] = end ?? Infinity
    return { start, end }
  })
  return { turns, secondsLeft: latest([...begun.map(({ secondsLeft }) => secondsLeft), ...turns.map(({ end }) => end)]) }
}

/** When each worker takes its next run, s. Of more runs than workers only the last to end leave room. */
function freeTimes(begun: readonly Begun[], workers: number): number[] {
  const ends = begun.map(({ secondsLeft }) => secondsLeft ?? Infinity).sort((a, b) => a - b)
  const idle = new Array<number>(Math.max(0, workers - ends.length)).fill(0)
  return [...idle, ...ends.slice(Math.max(0, ends.length - workers))]
}

function indexOfSmallest(values: readonly number[]): number {
  let smallest = values.length > 0 ? 0 : -1
  for (let index = 1; index < values.length; index++) if (values[index] < values[smallest]) smallest = index
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
