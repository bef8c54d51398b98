/** Longest time between the two clicks of a double click, ms. The default of the usual desktops. */
export const DOUBLE_CLICK_MS = 500
/** A pointer that moves no further than this rests, px. */
const STILL_PX = 3

/** What the pointer is on. */
export interface Sight {
  x: number
  y: number
  /** Milliseconds of a monotonic clock. */
  at: number
  /** The control under the pointer; null if there is none. */
  control: unknown
  /** What a click on the control means, such as its text. One element may change its meaning. */
  meaning: string
}

/**
 * Tells whether a click is meant for the control that takes it. It is not if the control has just appeared under the resting pointer
 * in the place of another one: then it is the second half of a double click on the other one, as when Stop takes the place of Start.
 */
export function createClickGuard() {
  /** Where the pointer came to rest, and what it has been on since. */
  let rest: Sight | null = null
  /** When another control appeared under the resting pointer; null if the pointer moved onto the present one. */
  let swappedAt: number | null = null

  const isStill = ({ x, y }: Sight) => rest !== null && Math.hypot(x - rest.x, y - rest.y) <= STILL_PX
  const isSame = ({ control, meaning }: Sight) => rest !== null && control === rest.control && meaning === rest.meaning

  /** Call for every pointer event. @param since when the present control may have appeared at the earliest */
  const look = (sight: Sight, since: number) => {
    if (!isStill(sight)) {
      rest = sight
      swappedAt = null
      return
    }
    if (!isSame(sight)) swappedAt = since
    rest = { ...rest!, at: sight.at, control: sight.control, meaning: sight.meaning }
  }

  return {
    /** The pointer moved, or the page changed under it. */
    see(sight: Sight): void {
      look(sight, sight.at)
    },
    /** Whether the control takes this click. */
    takes(sight: Sight): boolean {
      look(sight, rest?.at ?? sight.at)
      if (sight.control === null || swappedAt === null || sight.at - swappedAt >= DOUBLE_CLICK_MS) return true
      // Impatient clicks in a row are one.
      swappedAt = sight.at
      return false
    },
  }
}
