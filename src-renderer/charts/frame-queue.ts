const waiting = new Set<() => void>()

/**
 * Acts in a coming frame of the window that is left to it: drawing every chart at once would hold the window up.
 * The frame after it is free too, since a chart paints in the frame after the one in which it was told what to show.
 */
export function inOwnFrame(act: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(actOnce)
  waiting.add(act)
}

/** What is not wanted any more is not done. */
export const forget = (act: () => void) => waiting.delete(act)

function actOnce(): void {
  const [first] = waiting
  waiting.delete(first)
  if (waiting.size > 0) requestAnimationFrame(() => requestAnimationFrame(actOnce))
  first?.()
}
