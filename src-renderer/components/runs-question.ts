/** A question before an action on runs, which it lists by name. */
export interface Question {
  title: string
  /** Label of the button that confirms. */
  action: string
  danger?: boolean
  runs: readonly { runId: string; name: string; seed: number }[]
  /** What happens to the runs. */
  note: string
  confirm: () => void
}
