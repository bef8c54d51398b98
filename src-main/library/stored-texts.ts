import type * as z from 'zod'
import { upgradeSpec } from '../../src-engine/experiment/parse.ts'
import { type Spec, specSchema } from '../../src-engine/experiment/spec.ts'
import { versionOf } from '../../src-engine/experiment/upgrades/upgrade.ts'
import { SPEC_VERSION } from '../../src-engine/experiment/upgrades/upgrades.ts'
import { describeProblem, type Problem, problemsOf } from '../contract/problem.ts'
import { type Environment, environmentSchema, type RunSummary, type Texts } from '../contract/run.ts'
import { LibraryError } from './error.ts'

export type { Texts } from '../contract/run.ts'

interface Read {
  spec: Spec
  environment: Environment
}

/** The spec, upgraded to the current version, and the environment of a stored run. @throws LibraryError damaged if one cannot be read */
export const parseTexts = (runId: string, { spec, environment }: Texts): Read => ({
  spec: parsed(specSchema, upgradedSpec(spec, runId), `spec of run ${runId}`),
  environment: parsed(environmentSchema, parsedJson(environment, `environment of run ${runId}`), `environment of run ${runId}`),
})

/** What the texts of a stored run hold, or why they cannot be read. */
export function readTexts(runId: string, texts: Texts): Read | { unreadable: string } {
  try {
    return parseTexts(runId, texts)
  } catch (error) {
    return { unreadable: (error as Error).message }
  }
}

/** A run whose spec is needed. @throws LibraryError damaged with the reason if this version cannot read it */
export function requireReadable<Run extends { summary: RunSummary }>(run: Run): Exclude<Run, { texts: Texts }> {
  if ('texts' in run) throw new LibraryError('damaged', run.summary.unreadable!)
  return run as Exclude<Run, { texts: Texts }>
}

function upgradedSpec(text: string, runId: string): unknown {
  const what = `spec of run ${runId}`
  const document = parsedJson(text, what)
  const upgraded = upgradeSpec(document)
  if (upgraded.ok) return upgraded.document
  const version = versionOf(document as Record<string, unknown>)
  if (typeof version === 'number' && version > SPEC_VERSION) throw madeByNewer(what, version)
  throw unreadable(what, upgraded.problems)
}

const madeByNewer = (what: string, version: number) => new LibraryError('damaged', `The ${what} cannot be read: it was made by a newer version `
  + `of Chalcogen. Its format is ${version}, and this application reads formats up to ${SPEC_VERSION}. Update the application to use the run. `
  + 'All other runs can be used.')

function parsed<T>(schema: z.ZodType<T>, document: unknown, what: string): T {
  const result = schema.safeParse(document)
  if (result.success) return result.data
  throw unreadable(what, problemsOf(result.error, document))
}

function unreadable(what: string, problems: readonly Problem[]): LibraryError {
  const [first, ...others] = problems.map(ofStored)
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  return new LibraryError('damaged', `The ${what} cannot be read: ${describeProblem(first!).replace(/\.$/, '')}${more}. `
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
