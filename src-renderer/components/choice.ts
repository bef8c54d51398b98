/** One option of a select. */
export interface Choice {
  value: string
  label: string
  /** In the list, where the label is shortened. */
  whole?: string
  /** Why it cannot be chosen. */
  reason?: string | null
}
