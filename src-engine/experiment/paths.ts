import { nearest } from './nearest.ts'
import { type SchemaPlace, specPlaces } from './schema-walk.ts'

/** Every path of a spec that can be set, over all schemes and tasks: `seed`, `training`, `training.epochs`, … */
export const settingPaths = (): string[] => [...new Set(specPlaces().map(({ path }) => path))]

/** Paths of whole numbers, over all schemes and tasks. */
export const wholePaths = (): Set<string> => new Set(specPlaces().filter(({ node }) => node.type === 'integer').map(({ path }) => path))

/** Paths of numbers, over all schemes and tasks. */
export const numberPaths = (): Set<string> =>
  new Set(specPlaces().filter(isNumber).map(({ path }) => path))

/** Smallest and largest value of each number, by its path. Where schemes or tasks differ, what all of them allow. */
export function numberLimits(): Map<string, readonly [least: number, most: number]> {
  const limits = new Map<string, readonly [number, number]>()
  for (const { path, node: { minimum = -Infinity, maximum = Infinity } } of specPlaces().filter(isNumber)) {
    const [least, most] = limits.get(path) ?? [-Infinity, Infinity]
    limits.set(path, [Math.max(least, minimum), Math.min(most, maximum)])
  }
  return limits
}

/** Paths whose values are texts, over all schemes and tasks. */
export function textPaths(): Set<string> {
  const others = new Set(specPlaces().filter(({ node }) => node.type !== 'string').map(({ path }) => path))
  return new Set(settingPaths().filter((path) => !others.has(path)))
}

/** The setting that an unknown path was probably meant to be; null if none is near. */
export function suggestedPath(path: string): string | null {
  const all = settingPaths()
  return all.find((other) => other.endsWith(`.${path}`)) ?? nearest(path, all)
}

const isNumber = ({ node: { type } }: SchemaPlace) => type === 'integer' || type === 'number'
