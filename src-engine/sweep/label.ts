import { type Change, withChanges } from '../experiment/change.ts'
import { deviceModels } from '../experiment/devices/registry.ts'
import { specPlaces } from '../experiment/schema-walk.ts'
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
    if (path === 'device.model') return `${title} ${deviceText(value, changes, document)}`
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

/** A device model with what is shown with it, unless that is a change of its own. */
function deviceText(model: unknown, changes: readonly Change[], document: unknown): string {
  const shown = deviceModels.find(({ kind }) => kind === model)?.shownWith
  if (shown && changes.some(({ path }) => path === `device.${shown.setting}`)) return valueText('device.model', model)
  const { device = {} } = withChanges(document, changes) as { device?: Record<string, unknown> }
  return deviceModelText(model, device)
}

const isKinded = (value: unknown): value is { kind: string } =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

let abouts: ReadonlyMap<string, About> | null = null

function aboutOf(path: string): About {
  abouts ??= new Map(specPlaces().map((place) => [place.path, { title: place.node.title ?? place.name, unit: place.node.unit ?? '' }]))
  return abouts.get(path) ?? { title: path, unit: '' }
}
