import * as z from 'zod'

/** A study that can be chosen. */
export const studyOutlineSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** True if it is one of the user's own, beside the library. */
  own: z.boolean(),
  /** Whether the study says how its settings are searched. */
  canSearch: z.boolean(),
  /** Why it cannot be run; null if it can. */
  error: z.string().nullable(),
})
export type StudyOutline = z.output<typeof studyOutlineSchema>

/** One part of a study: the search of an arm, or a tournament. */
export const studyPartSchema = z.strictObject({
  title: z.string(),
  kind: z.enum(['search', 'tournament']),
  /** Most runs that it starts. Early stopping ends many runs of a search after its first round. */
  runs: z.int(),
  /** Estimated wall time; null if unknown. */
  seconds: z.number().nullable(),
})
export type StudyPart = z.output<typeof studyPartSchema>

export const studyPlanSchema = z.strictObject({ parts: z.array(studyPartSchema) })
export type StudyPlan = z.output<typeof studyPlanSchema>
