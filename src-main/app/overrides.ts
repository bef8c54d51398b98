import { type Change, withChanges } from '../../src-engine/experiment/change.ts'
import { settingPaths, suggestedPath, textPaths } from '../../src-engine/experiment/paths.ts'
import { BadInput, unknownName } from '../contract/problem.ts'

/**
 * Replace single values of a spec document, each given as `path=value`. A value is parsed as JSON, or else taken as a string. Where
 * the spec has a text, only JSON in quotes is parsed: `name=2024` is the text 2024.
 * A new `scheme.kind` or `task.kind` starts from the defaults of that kind, in whatever order the overrides come.
 * @throws BadInput if a path is unknown; the spec's schema checks the values later
 */
export function withOverrides(document: unknown, assignments: string[]): unknown {
  const known = settingPaths()
  const texts = textPaths()
  return withChanges(document, assignments.map((assignment) => parseOverride(assignment, known, texts)))
}

/** Whether an override names a signal file. */
export const namesFile = (assignments: readonly string[]) => assignments.some((assignment) => /^task(\.file)?=/.test(assignment))

function parseOverride(assignment: string, known: string[], texts: Set<string>): Change {
  const equals = assignment.indexOf('=')
  const path = equals < 0 ? assignment : assignment.slice(0, equals)
  if (!known.includes(path)) throw new BadInput(`--set ${assignment}`, [unknownName(path, suggestedPath)])
  if (equals < 0) throw new BadInput(`--set ${assignment}`, [{ path, rule: `needs a value: --set ${path}=VALUE`, found: '' }])
  const text = assignment.slice(equals + 1)
  const value = jsonOrText(text)
  return { path, value: texts.has(path) && typeof value !== 'string' ? text : value }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
