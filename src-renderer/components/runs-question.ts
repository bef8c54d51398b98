/** Number of runs that a question lists; the others are counted. */
export const LISTED = 200

/** A question before an action on runs, which it lists by name. */
export interface Question {
  title: string
  /** Label of the button that confirms. */
  action: string
  danger?: boolean
  /** The first of them, which are listed. */
  runs: readonly { runId: string; name: string; seed: number }[]
  /** Number of all of them; that of `runs` if it is left out. */
  count?: number
  /** What happens to the runs. */
  note: string
  confirm: () => void
}
