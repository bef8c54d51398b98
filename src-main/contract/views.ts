import * as z from 'zod'

export const viewName = z.string().min(1).max(200)

/** Scheme of the addresses of views. */
export const VIEW_SCHEME = 'chalcogen:'

/** Where a view is, as the window writes and reads it: `chalcogen:library?filter=mse<0.05`. */
export const viewAddress = z.string().startsWith(VIEW_SCHEME).max(20_000)

/** A view in the library. */
export const viewSchema = z.strictObject({
  name: viewName,
  changedAt: z.string(),
  address: viewAddress,
})
export type View = z.output<typeof viewSchema>
