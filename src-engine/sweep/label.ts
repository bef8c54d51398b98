import { type Change, withChanges } from '../experiment/change.ts'
import { specPlaces } from '../experiment/schema-walk.ts'
import { specSchema } from '../experiment/spec.ts'
import { deviceModelText, valueText } from '../experiment/value-text.ts'

interface About { title: string; unit: string }

/**
 * The label of an arm, made from its changes: 'Sign · Smallest jump ε 0.5 µS'.
 * @param document the spec that is changed, where known
 */
export function labelOf(changes: readonly Change[], document: unknown = {}): string {
  if (changes.length === 0) return 'as designed'
  return changes.map(({ path, value }) => {
    if (path.endsWith('.kind') || isKinded(value)) return valueText(path, value)
    const { title, unit } = aboutOf(path)
    if (path === 'device.model' && !changes.some((other) => other.path === 'device.bits')) {
      return `${title} ${deviceModelText(value, bitsOf(withChanges(document, changes)))}`
    }
    return [title, valueText(path, value), unit].filter(Boolean).join(' ')
  }).join(' · ')
}

/** A name and a label as one name. A long one loses whole words, those of the name first, so that no number is cut. */
export function joinedName(name: string, label: string, longest: number): string {
  const whole = [name, label].filter(Boolean).join(' · ')
  if (whole.length <= longest) return whole
  const words = name.split(' ')
  while (words.length > 0 && `… ${words.join(' ')} · ${label}`.length > longest) words.shift()
  if (words.length > 0) return `… ${words.join(' ')} · ${label}`
  if (label.length <= longest) return label
  const parts = label.split(' · ')
  while (parts.length > 1 && `${parts.join(' · ')} · …`.length > longest) parts.pop()
  return `${parts.join(' · ')} · …`.slice(0, longest)
}

const defaultBits = specSchema.parse({}).device.bits

function bitsOf(document: unknown): number {
  const { device } = document as { device?: { bits?: unknown } }
  return typeof device?.bits === 'number' ? device.bits : defaultBits
}

const isKinded = (value: unknown): value is { kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

let abouts: ReadonlyMap<string, About> | null = null

function aboutOf(path: string): About {
  abouts ??= new Map(specPlaces().map((place) => [place.path, { title: place.node.title ?? place.name, unit: place.node.unit ?? '' }]))
  return abouts.get(path) ?? { title: path, unit: '' }
}
