import { type Change, withChanges } from '../../src-engine/spec/change.ts'
import { settingPaths, suggestedPath } from '../../src-engine/spec/paths.ts'
import { BadInput, unknownName } from '../contract/problem.ts'

/**
 * Replace single values of a spec document, each given as `path=value`. A value is parsed as JSON, or else taken as a string.
 * A new `scheme.kind` or `task.kind` starts from the defaults of that kind, in whatever order the overrides come.
 * @throws BadInput if a path is unknown; the spec's schema checks the values later
 */
export function withOverrides(document: unknown, assignments: string[]): unknown {
  const known = settingPaths()
  return withChanges(document, assignments.map((assignment) => parseOverride(assignment, known)))
}

function parseOverride(assignment: string, known: string[]): Change {
  const equals = assignment.indexOf('=')
  const path = equals < 0 ? assignment : assignment.slice(0, equals)
  if (!known.includes(path)) throw new BadInput(`--set ${assignment}`, [unknownName(path, suggestedPath)])
  if (equals < 0) throw new BadInput(`--set ${assignment}`, [{ path, rule: `needs a value: --set ${path}=VALUE`, found: '' }])
  return { path, value: jsonOrText(assignment.slice(equals + 1)) }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
