import type { ChoiceField, LeafField, NumberField, SwitchField } from '../../../components/spec-form/form-model.ts'
import { parseNumbers, textOf } from '../../../components/spec-form/number-text.ts'
import type { AxisDraft } from '../../../stores/sweep-draft.ts'
import type { Parameter } from './parameters.ts'

export type AxisKind = 'list' | 'range' | 'sample'

/** What a new axis begins with: the value of the experiment, or both states of a switch. */
export function newAxis({ path, field }: Parameter, now: unknown): AxisDraft {
  const values = field.kind === 'switch' ? [false, true] : [now ?? field.start].filter((value) => value !== undefined)
  return { kind: 'list', path, values }
}

/** The same parameter varied in another way; ends come from what is there, else from the useful range of the field. */
export function ofKind(axis: AxisDraft, kind: AxisKind, field: NumberField): AxisDraft {
  if (kind === 'list') return { kind, path: axis.path, values: endsOf(axis, field).map(({ value }) => value) }
  const [from, to] = endsOf(axis, field)
  const { scale = to.isFar ? 'logarithmic' : 'linear' } = axis
  const ends = { kind, path: axis.path, from: from.value, to: to.value, scale }
  return kind === 'range' ? { ...ends, count: axis.count ?? 5 } : ends
}

/** Above this ratio of their ends, values are spread by equal ratios. */
const FAR = 20

function endsOf(axis: AxisDraft, field: NumberField): { value: unknown; isFar: boolean }[] {
  if (axis.kind !== 'list') return [{ value: axis.from, isFar: false }, { value: axis.to, isFar: false }]
  const given = numbersIn(axis.values)
  const [from, to] = given.length > 1 ? [Math.min(...given), Math.max(...given)] : around(given[0] ?? Number(field.start), field)
  const isFar = from > 0 && to / from >= FAR
  return [{ value: from, isFar }, { value: to, isFar }]
}

const numbersIn = (values: unknown) =>
  (Array.isArray(values) ? values.filter((value): value is number => typeof value === 'number') : [])

/** From the useful range of the field, else from half to twice the value. */
function around(value: number, { slider, min, max, whole }: NumberField): [number, number] {
  if (slider) return [slider.from, slider.to]
  const [from, to] = value > 0 ? [value / 2, value * 2] : [min, max]
  const round = (end: number) => (whole ? Math.round(end) : Number(end.toPrecision(3)))
  return [Math.max(min, round(from)), Math.min(max, Math.max(round(to), round(from) + Number(whole)))]
}

/** Lists and texts are written with semicolons between, numbers with commas. */
export function parseValues(text: string, field: LeafField): unknown {
  if (field.kind === 'number') return parseNumbers(text)
  const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length === 0) return text
  return field.kind === 'numbers' ? parts.map(parseNumbers) : parts
}

export function valuesText(values: unknown, field: LeafField): string {
  return Array.isArray(values) && field.kind !== 'number' ? values.map(textOf).join('; ') : textOf(values)
}

/** What can be ticked, with its name for the eye. */
export function ticksOf(field: ChoiceField | SwitchField): { value: unknown; title: string; meaning: string }[] {
  if (field.kind === 'switch') return [{ value: false, title: 'off', meaning: '' }, { value: true, title: 'on', meaning: '' }]
  return field.options.map(({ name, meaning }) => ({ value: name, title: name, meaning }))
}

/** The list with this value in it or not, in the order in which they stand. */
export function withTick(values: unknown, all: readonly { value: unknown }[], value: unknown, isTicked: boolean): unknown[] {
  const ticked = new Set(Array.isArray(values) ? values : [])
  if (isTicked) ticked.add(value)
  else ticked.delete(value)
  return all.map((one) => one.value).filter((one) => ticked.has(one))
}

const number = { kind: 'number', help: '', equation: '', source: '', advanced: false, unit: '', whole: true, slider: null } as const

/** How many values a range has. */
export const countField = (index: number): NumberField =>
  ({ ...number, path: `axes.${index}.count`, title: 'Values', start: 5, min: 2, max: 1000 })

/** All parts of the axis under the name of its parameter, for a line that is not beside them. */
export const fieldsOfAxis = (index: number, { title, field }: Parameter): LeafField[] =>
  [partField(index, 'values', field), partField(index, 'from', field), partField(index, 'to', field), countField(index)]
    .map((part) => ({ ...part, title }))

/** The field of one part of the axis: problems of that part are said as the form says them. */
export function partField(index: number, part: 'values' | 'from' | 'to', field: LeafField): LeafField {
  const path = `axes.${index}.${part}`
  if (part === 'values' && field.kind === 'number') {
    return { ...field, kind: 'numbers', path, min: field.min, max: field.max, longest: 1000 }
  }
  return { ...field, path, title: part === 'values' ? 'Values' : part === 'from' ? 'From' : 'To' }
}
