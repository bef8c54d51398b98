/** A value with its undo and redo steps. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change touched. Consecutive changes of the same thing are one undo step. */
  readonly touched: string | null
}

const STEPS_KEPT = 200

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], touched: null })

/** @param touched what the change touches; null makes the change an undo step of its own */
export function change<T>(history: History<T>, present: T, touched: string | null): History<T> {
  const sameStep = touched !== null && touched === history.touched
  const past = sameStep ? history.past : [...history.past, history.present].slice(-STEPS_KEPT)
  return { past, present, future: [], touched }
}

export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history
  if (past.length === 0) return history
  return { past: past.slice(0, -1), present: past[past.length - 1]!, future: [present, ...future], touched: null }
}

export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history
  if (future.length === 0) return history
  return { past: [...past, present], present: future[0]!, future: future.slice(1), touched: null }
}
