import type * as z from 'zod'
import { describeProblem, type Problem, problemsOf } from '../contract/problem.ts'
import { environmentSchema, type RunDetail, runDetailSchema } from '../contract/run.ts'
import { LibraryError } from './error.ts'

/** JSON texts of a stored run. */
export interface Texts {
  spec: string
  environment: string
}

/** @throws LibraryError damaged if a text does not pass its schema */
export const parseTexts = (runId: string, { spec, environment }: Texts): Pick<RunDetail, 'spec' | 'environment'> => ({
  spec: parsed(runDetailSchema.shape.spec, spec, `spec of run ${runId}`),
  environment: parsed(environmentSchema, environment, `environment of run ${runId}`),
})

function parsed<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const document = parsedJson(text, what)
  const result = schema.safeParse(document)
  if (result.success) return result.data
  const [first, ...others] = problemsOf(result.error, document).map(ofStored)
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new LibraryError('damaged', `The ${what} cannot be read: ${describeProblem(first).replace(/\.$/, '')}${more}. `
    + 'It is damaged, or a newer version saved it. All other runs can be used.')
}

function parsedJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LibraryError('damaged', `The ${what} is damaged: ${(error as Error).message}. All other runs can be used.`)
  }
}

/** Nobody typed a stored text, so there is no spelling to check. */
const ofStored = (problem: Problem): Problem =>
  (problem.rule.startsWith('is not a setting') ? { ...problem, rule: 'is not a setting of this version' } : problem)
