export interface Box { x: number; y: number; width: number; height: number }
export interface Size { width: number; height: number }

/** Distance from the card to its target and to the window's edges, px. */
const GAP = 12
/** Height of the status bar, which stays uncovered, px. */
const BOTTOM = 24

/**
 * Position of a card beside its target: right, below, left or above, whichever fits first. If none fits, it covers the target's
 * lower right corner. Without a target, it is in the window's lower right corner. It is always inside the window.
 */
export function placeBeside(target: Box | null, card: Size, window: Size): { x: number; y: number } {
  const right = window.width - card.width - GAP
  const bottom = window.height - BOTTOM - card.height - GAP
  const inside = (x: number, y: number) => ({ x: clamp(x, GAP, right), y: clamp(y, GAP, bottom) })
  if (target === null) return inside(right, bottom)
  const after = { x: target.x + target.width + GAP, y: target.y + target.height + GAP }
  const before = { x: target.x - card.width - GAP, y: target.y - card.height - GAP }
  if (after.x <= right) return inside(after.x, target.y)
  if (after.y <= bottom) return inside(target.x, after.y)
  if (before.x >= GAP) return inside(before.x, target.y)
  if (before.y >= GAP) return inside(target.x, before.y)
  return inside(after.x - card.width - 2 * GAP, after.y - card.height - 2 * GAP)
}

// If the window is smaller than the card, the start of the card stays visible.
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high))
