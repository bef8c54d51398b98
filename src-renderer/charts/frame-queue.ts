const waiting = new Set<() => void>()

/** Acts in a coming frame of the window, one a frame: drawing every chart at once would hold the window up. */
export function inOwnFrame(act: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(actOnce)
  waiting.add(act)
}

/** What is not wanted any more is not done. */
export const forget = (act: () => void) => waiting.delete(act)

function actOnce(): void {
  const [first] = waiting
  waiting.delete(first)
  if (waiting.size > 0) requestAnimationFrame(actOnce)
  first?.()
}
