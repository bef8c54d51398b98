import * as z from 'zod'
import { nearest } from './nearest.ts'
import { settingsSchema } from './spec.ts'

interface Node {
  type?: string
  minimum?: number
  maximum?: number
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

/** Smallest and largest value of each number, by its path. Where schemes or tasks differ, what all of them allow. */
export function numberLimits(): Map<string, readonly [least: number, most: number]> {
  const limits = new Map<string, readonly [number, number]>()
  for (const [path, { type, minimum = -Infinity, maximum = Infinity }] of nodes()) {
    if (type !== 'integer' && type !== 'number') continue
    const [least, most] = limits.get(path) ?? [-Infinity, Infinity]
    limits.set(path, [Math.max(least, minimum), Math.min(most, maximum)])
  }
  return limits
}

/** Paths whose values are texts, over all schemes and tasks. */
export function textPaths(): Set<string> {
  const all = nodes()
  const others = new Set(all.filter(([, { type }]) => type !== 'string').map(([path]) => path))
  return new Set(all.map(([path]) => path).filter((path) => !others.has(path)))
}

/** The setting that an unknown path was probably meant to be; null if none is near. */
export function suggestedPath(path: string): string | null {
  const all = settingPaths()
  return all.find((other) => other.endsWith(`.${path}`)) ?? nearest(path, all)
}

type Named = [path: string, node: Node]

let known: readonly Named[] | null = null

/** Converting the schema takes 40 ms, so it is done once. */
const nodes = (): readonly Named[] => (known ??= nodesBelow(z.toJSONSchema(settingsSchema, { io: 'input' }) as Node, ''))

function nodesBelow(node: Node, prefix: string): Named[] {
  const variants = [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]
  return variants.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, child]) => [[prefix + name, child] as Named, ...nodesBelow(child, `${prefix}${name}.`)]))
}
