import { type Change, withChanges } from '../../src-engine/spec/change.ts'
import { settingPaths } from '../../src-engine/spec/paths.ts'
import { BadInput } from '../contract/problem.ts'
import { nearest } from './nearest.ts'

/**
 * A spec document with single values replaced, each given as `path=value`; a value is JSON, or else a string.
 * A new `scheme.kind` or `task.kind` starts from that kind's defaults, whatever the order of the overrides.
 * @throws BadInput for a path that no spec has; values are left to the spec's schema
 */
export function withOverrides(document: unknown, assignments: string[]): unknown {
  const known = settingPaths()
  return withChanges(document, assignments.map((assignment) => parseOverride(assignment, known)))
}

function parseOverride(assignment: string, known: string[]): Change {
  const equals = assignment.indexOf('=')
  const path = equals < 0 ? assignment : assignment.slice(0, equals)
  if (!known.includes(path)) throw new BadInput(`--set ${assignment}`, [{ path, found: 'an unknown setting', allowed: suggestion(path, known) }])
  if (equals < 0) throw new BadInput(`--set ${assignment}`, [{ path, found: 'no value', allowed: `${path}=VALUE` }])
  return { path, value: jsonOrText(assignment.slice(equals + 1)) }
}

function suggestion(path: string, known: string[]): string {
  const sameName = known.filter((other) => other.endsWith(`.${path}`))
  const near = sameName[0] ?? nearest(path, known)
  return near ? `did you mean ${near}?` : 'a path of the spec, such as training.epochs or scheme.kind'
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
