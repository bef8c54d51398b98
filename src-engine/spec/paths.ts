import * as z from 'zod'
import { nearest } from './nearest.ts'
import { specSchema } from './spec.ts'

interface Node {
  type?: string
  properties?: Record<string, Node>
  oneOf?: Node[]
  anyOf?: Node[]
}

/** Every path of a spec that can be set, over all schemes and tasks: `seed`, `training`, `training.epochs`, … */
export const settingPaths = (): string[] => [...new Set(nodes().map(([path]) => path))]

/** Paths of whole numbers, over all schemes and tasks. */
export const wholePaths = (): Set<string> => new Set(nodes().filter(([, { type }]) => type === 'integer').map(([path]) => path))

/** Paths of numbers, over all schemes and tasks. */
export const numberPaths = (): Set<string> =>
  new Set(nodes().filter(([, { type }]) => type === 'integer' || type === 'number').map(([path]) => path))

/** Paths whose values are texts, over all schemes and tasks. */
export function textPaths(): Set<string> {
  const all = nodes()
  const others = new Set(all.filter(([, { type }]) => type !== 'string').map(([path]) => path))
  return new Set(all.map(([path]) => path).filter((path) => !others.has(path)))
}

/** The setting that an unknown path was probably meant to be; null if none is near. */
export function suggestedPath(path: string): string | null {
  const known = settingPaths()
  return known.find((other) => other.endsWith(`.${path}`)) ?? nearest(path, known)
}

const nodes = () => nodesBelow(z.toJSONSchema(specSchema, { io: 'input' }) as Node, '')

function nodesBelow(node: Node, prefix: string): [path: string, node: Node][] {
  const variants = [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]
  return variants.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, child]) => [[prefix + name, child] as [string, Node], ...nodesBelow(child, `${prefix}${name}.`)]))
}
