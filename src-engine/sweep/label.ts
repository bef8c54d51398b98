import * as z from 'zod'
import type { Change } from '../spec/change.ts'
import { specSchema } from '../spec/spec.ts'

interface Node {
  title?: string
  unit?: string
  properties?: Record<string, Node>
  oneOf?: Node[]
}

interface About { title: string; unit: string }

/** 'sign · Smallest jump ε 0.5 µS': what an arm has of its own. */
export function labelOf(changes: readonly Change[]): string {
  if (changes.length === 0) return 'as designed'
  return changes.map(({ path, value }) => {
    if (path.endsWith('.kind')) return String(value)
    if (isKinded(value)) return value.kind
    const { title, unit } = aboutOf(path)
    return [title, textOf(value), unit].filter(Boolean).join(' ')
  }).join(' · ')
}

const isKinded = (value: unknown): value is { kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const aboutOf = (path: string): About => abouts.get(path) ?? { title: path, unit: '' }

const abouts = new Map(aboutsBelow(z.toJSONSchema(specSchema, { io: 'input' }) as Node, ''))

function aboutsBelow(node: Node, prefix: string): [path: string, about: About][] {
  return [node, ...(node.oneOf ?? [])].flatMap(({ properties = {} }) => Object.entries(properties).flatMap(([name, child]) => [
    [prefix + name, { title: child.title ?? name, unit: child.unit ?? '' }] as [string, About],
    ...aboutsBelow(child, `${prefix}${name}.`),
  ]))
}
