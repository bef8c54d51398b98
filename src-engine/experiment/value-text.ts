import { formatExact } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { type ConventionSet, conventionSetTitles } from './conventions.ts'
import { deviceModels } from './devices/registry.ts'
import { deviceSettings } from './devices/settings.ts'
import { isSynapse, synapseText } from './recorded-synapses.ts'
import { type SchemaPlace, specPlaces } from './schema-walk.ts'

/** Text of a parameter in a table: titles of choices, numbers with all digits since a user chose them, '–' for null. */
export const parameterText = (path: string, value: unknown): string => (value === null ? '–' : valueText(path, value))

/**
 * A value of a spec as the window shows it: the title of a choice, scheme or task, 'on' or 'off' for a switch, a number with every digit.
 * @param path in the spec: `device.model`
 */
export function valueText(path: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return choiceTitle(path, value) ?? value
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.map((entry) => valueText(path, entry)).join(', ')
  if (typeof value === 'number') return formatExact(value)
  if (typeof value !== 'object') return String(value)
  if (isSynapse(value)) return synapseText(value)
  return 'kind' in value ? valueText(`${path}.kind`, value.kind) : JSON.stringify(value)
}

/** 'Performance mode, 3 bits' or 'PCM model': a device model with what is shown with it. @param device settings, where known */
export function deviceModelText(model: unknown, device: Record<string, unknown>): string {
  const text = valueText('device.model', model)
  const shown = deviceModels.find(({ kind }) => kind === model)?.shownWith
  if (!shown) return text
  const given = device[shown.setting]
  return `${text}, ${counted(typeof given === 'number' ? given : deviceSettings[shown.setting].parse(undefined), shown.noun)}`
}

/** 'PCM model' for `device.model` and 'pcm'; null if the path has no such choice. */
export const choiceTitle = (path: string, name: string): string | null => {
  titles ??= new Map(specPlaces().flatMap(titlesAt))
  if (path === 'conventions') return Object.hasOwn(conventionSetTitles, name) ? conventionSetTitles[name as ConventionSet] : null
  return titles.get(`${path} ${name}`) ?? null
}

/** By path and name. */
let titles: Map<string, string> | null = null

function titlesAt({ path, node: { options = {}, const: kind }, variant }: SchemaPlace): [key: string, title: string][] {
  const own = Object.entries(options).map(([name, { title }]): [string, string] => [`${path} ${name}`, title])
  return kind === undefined || variant === null ? own : [[`${path} ${String(kind)}`, variant.title ?? ''], ...own]
}
