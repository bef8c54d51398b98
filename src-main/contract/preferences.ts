import * as z from 'zod'

/** Preferences of this user on this machine that the main process needs. */
export const preferencesSchema = z.strictObject({
  /** Whether to ask before quitting while runs are active. */
  askBeforeQuit: z.boolean().default(true),
})
export type Preferences = z.output<typeof preferencesSchema>
