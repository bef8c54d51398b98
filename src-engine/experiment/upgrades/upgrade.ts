import type { Problem } from '../problem.ts'

/** A spec as it was read, or the part of one that a sweep or a study holds. */
export type SpecDocument = Readonly<Record<string, unknown>>

/**
 * One step: turns a document of version n into one of version n + 1. It is pure. A part of a spec may lack anything, and a damaged
 * document may hold anything: a step leaves what it does not know as it is, and the schema names what is wrong afterwards.
 */
export type Upgrade = (document: SpecDocument) => SpecDocument

/** The version of a document without one: the format of 0.1.0. */
export const FIRST_VERSION = 1

export type Upgraded = { ok: true; document: unknown } | { ok: false; problems: Problem[] }

/**
 * A document of any version as one of the newest. A document of the newest version stays as it is, and so does what is no document.
 * @param steps the nth step, counted from 1, turns version n into n + 1
 */
export function upgradeDocument(document: unknown, steps: readonly Upgrade[]): Upgraded {
  if (!isGroup(document)) return { ok: true, document }
  const problem = versionProblem(versionOf(document), steps.length + 1)
  return problem === null ? { ok: true, document: upgradeKnown(document, steps) } : { ok: false, problems: [problem] }
}

/** Like `upgradeDocument`, of a document whose version is known to be one of this program's. */
export const upgradeKnown = (document: SpecDocument, steps: readonly Upgrade[]): SpecDocument =>
  upgraded(document, versionOf(document) as number, steps)

/**
 * Values by path, such as the changes of a variant, of a given version as those of the newest.
 * @param version of the document that holds them
 */
export function upgradeChanges(changes: SpecDocument, version: number, steps: readonly Upgrade[]): SpecDocument {
  if (version > steps.length) return changes
  return Object.fromEntries(Object.entries(changes).flatMap(([path, value]) => upgradeChange(path, value, version, steps)))
}

type Change = [path: string, value: unknown]

/** One value by its path. A step may rename the path or replace the value by several. */
export function upgradeChange(path: string, value: unknown, version: number, steps: readonly Upgrade[]): Change[] {
  const before = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as SpecDocument
  const after = withoutVersion(upgraded(before, version, steps))
  return JSON.stringify(after) === JSON.stringify(before) ? [[path, value]] : leavesOf(after, '')
}

/** The version that a document says it has. Anything may stand there. */
export const versionOf = ({ version = FIRST_VERSION }: SpecDocument): unknown => version

const upgraded = (document: SpecDocument, version: number, steps: readonly Upgrade[]): SpecDocument =>
  ({ version: steps.length + 1, ...withoutVersion(steps.slice(version - 1).reduce((older, step) => step(older), document)) })

const withoutVersion = (document: SpecDocument): SpecDocument =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'version'))

function versionProblem(version: unknown, newest: number): Problem | null {
  const found = typeof version === 'number' ? String(version) : JSON.stringify(version) ?? typeof version
  if (!Number.isSafeInteger(version) || (version as number) < FIRST_VERSION) {
    return { path: 'version', rule: `must be a whole number between ${FIRST_VERSION} and ${newest}`, found }
  }
  if ((version as number) <= newest) return null
  return { path: 'version', rule: `must be at most ${newest}. A newer version of Chalcogen made this experiment. Update the application`, found }
}

function leavesOf(value: unknown, path: string): Change[] {
  if (!isGroup(value)) return [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path ? `${path}.${name}` : name))
}

const isGroup = (value: unknown): value is SpecDocument => typeof value === 'object' && value !== null && !Array.isArray(value)
