/** Something that is allowed, but that a reader of the results should know. */
export interface Warning {
  /** The setting that causes it. */
  path: string
  message: string
}
