import * as z from 'zod'

/** What an import would do with one run of a file. */
export const previewedRunSchema = z.strictObject({
  /** Id in the file; null for damage outside of runs. */
  runId: z.string().nullable(),
  name: z.string(),
  state: z.enum(['new', 'present', 'damaged']),
  /** Id of the run that the library has already: the same, or that of a run with the same spec and digest; null if there is none. */
  present: z.string().nullable(),
  /** What is damaged; null if nothing is. */
  damage: z.string().nullable(),
})
export type PreviewedRun = z.output<typeof previewedRunSchema>

/** Why a run of a file is not imported again. */
export const presenceOf = ({ runId, present }: PreviewedRun): string =>
  (present === runId ? 'same id' : `same spec and digest as ${present}`)

/** What an import of a file would do. */
export const importPreviewSchema = z.strictObject({ file: z.string(), runs: z.array(previewedRunSchema) })
export type ImportPreview = z.output<typeof importPreviewSchema>
