import * as z from 'zod'
import { specSchema } from '../../src-engine/spec/spec.ts'

interface Node {
  properties?: Record<string, Node>
  oneOf?: Node[]
  anyOf?: Node[]
}

/** Every path of a spec that can be set, over all schemes and tasks: `seed`, `training`, `training.epochs`, … */
export const settingPaths = (): string[] =>
  [...new Set(pathsBelow(z.toJSONSchema(specSchema, { io: 'input' }) as Node, ''))]

function pathsBelow(node: Node, prefix: string): string[] {
  const variants = [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]
  return variants.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, child]) => [prefix + name, ...pathsBelow(child, `${prefix}${name}.`)]))
}
