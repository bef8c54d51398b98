const queue = new Set<() => void>()

/**
 * Calls `act` in an animation frame of its own, since drawing every chart in one frame would block the window.
 * The next frame stays free as well, because a chart paints in the frame after it receives its options.
 */
export function requestFrame(act: () => void): void {
  if (queue.size === 0) requestAnimationFrame(runNext)
  queue.add(act)
}

/** Cancels a request that has not run yet. */
export const cancelFrame = (act: () => void) => queue.delete(act)

function runNext(): void {
  const [first] = queue
  if (first) queue.delete(first)
  if (queue.size > 0) requestAnimationFrame(() => requestAnimationFrame(runNext))
  first?.()
}
