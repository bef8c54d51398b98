import { roundTo } from '../../../../src-engine/format/numbers.ts'
import type { ChoiceField, LeafField, NumberField, SwitchField } from '../../../components/spec-form/form-model.ts'
import { parseNumbers, textOf } from '../../../components/spec-form/number-text.ts'
import type { AxisDraft } from '../../../stores/sweep-draft.ts'
import type { Parameter } from './parameters.ts'

export type AxisKind = 'list' | 'range' | 'sample'

/** New axis with the experiment's value, or with both states of a switch. */
export function newAxis({ path, field }: Parameter, now: unknown): AxisDraft {
  const values = field.kind === 'switch' ? [false, true] : [now ?? field.start].filter((value) => value !== undefined)
  return { kind: 'list', path, values }
}

/** Convert an axis to another kind. Its ends come from the current values, otherwise from the field's useful range. */
export function ofKind(axis: AxisDraft, kind: AxisKind, field: NumberField): AxisDraft {
  if (kind === 'list') return { kind, path: axis.path, values: endsOf(axis, field).map(({ value }) => value) }
  const [from, to] = endsOf(axis, field)
  const { scale = to.isWide ? 'logarithmic' : 'linear' } = axis
  const ends = { kind, path: axis.path, from: from.value, to: to.value, scale }
  return kind === 'range' ? { ...ends, count: axis.count ?? 5 } : ends
}

/** From this ratio of the two ends on, the default scale is logarithmic. */
const LOG_RATIO = 20

interface End { value: unknown; isWide: boolean }

function endsOf(axis: AxisDraft, field: NumberField): [from: End, to: End] {
  if (axis.kind !== 'list') return [{ value: axis.from, isWide: false }, { value: axis.to, isWide: false }]
  const given = numbersIn(axis.values)
  const [from, to] = given.length > 1 ? [Math.min(...given), Math.max(...given)] : around(given[0] ?? Number(field.start), field)
  const isWide = from > 0 && to / from >= LOG_RATIO
  return [{ value: from, isWide }, { value: to, isWide }]
}

const numbersIn = (values: unknown) =>
  (Array.isArray(values) ? values.filter((value): value is number => typeof value === 'number') : [])

/** Default ends: the field's useful range, otherwise half to twice the value. */
function around(value: number, { slider, min, max, whole }: NumberField): [number, number] {
  if (slider) return [slider.from, slider.to]
  const [from, to] = value > 0 ? [value / 2, value * 2] : [min, max]
  const round = (end: number) => (whole ? Math.round(end) : roundTo(end, 3))
  return [Math.max(min, round(from)), Math.min(max, Math.max(round(to), round(from) + Number(whole)))]
}

/** Parse typed values: numbers are separated by commas, lists and texts by semicolons. Returns invalid text unchanged. */
export function parseValues(text: string, field: LeafField): unknown {
  if (field.kind === 'number') return parseNumbers(text)
  const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length === 0) return text
  return field.kind === 'numbers' ? parts.map(parseNumbers) : parts
}

export function valuesText(values: unknown, field: LeafField): string {
  return Array.isArray(values) && field.kind !== 'number' ? values.map(textOf).join('; ') : textOf(values)
}

/** Values to select with checkboxes, with their titles. */
export function ticksOf(field: ChoiceField | SwitchField): { value: unknown; title: string; meaning: string }[] {
  if (field.kind === 'switch') return [{ value: false, title: 'off', meaning: '' }, { value: true, title: 'on', meaning: '' }]
  return field.options.map(({ name, title, meaning }) => ({ value: name, title, meaning }))
}

/** Add a value to a list or remove it. The result follows the order of `all`. */
export function withTick(values: unknown, all: readonly { value: unknown }[], value: unknown, isTicked: boolean): unknown[] {
  const ticked = new Set(Array.isArray(values) ? values : [])
  if (isTicked) ticked.add(value)
  else ticked.delete(value)
  return all.map((one) => one.value).filter((one) => ticked.has(one))
}

const number = { kind: 'number', help: '', equation: '', source: '', advanced: false, unit: '', whole: true, slider: null } as const

/** Field for the number of values of a range. */
export const countField = (index: number): NumberField =>
  ({ ...number, path: `axes.${index}.count`, title: 'Values', start: 5, min: 2, max: 1000 })

/** Fields of all parts of an axis, titled with its parameter, for messages shown away from the inputs. */
export const fieldsOfAxis = (index: number, { title, field }: Parameter): LeafField[] =>
  [partField(index, 'values', field), partField(index, 'from', field), partField(index, 'to', field), countField(index)]
    .map((part) => ({ ...part, title }))

/** Field of one part of an axis, so that its problems read as in the form. */
export function partField(index: number, part: 'values' | 'from' | 'to', field: LeafField): LeafField {
  const path = `axes.${index}.${part}`
  if (part === 'values' && field.kind === 'number') {
    return { ...field, kind: 'numbers', path, title: 'Values', shortest: 1, longest: 1000 }
  }
  return { ...field, path, title: part === 'values' ? 'Values' : part === 'from' ? 'From' : 'To' }
}
