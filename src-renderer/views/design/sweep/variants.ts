import { parametersOf } from '../../../../src-engine/experiment/parameters.ts'
import { type Spec, specSchema } from '../../../../src-engine/experiment/spec.ts'
import type { LeafField, TextField } from '../../../components/spec-form/form-model.ts'
import { sameValue, valueAt } from '../../../components/spec-form/value.ts'
import type { VariantDraft } from '../../../stores/sweep-draft.ts'
import type { Parameter } from './parameters.ts'

const MAX_LABEL_LENGTH = 80
/** Groups that all arms share, so that they have the same patterns, length and recordings. */
const shared = ['name', 'preset', 'seed', 'task', 'training', 'recording']

/** Changes that turn one experiment into another, by path. Groups that all arms share are left out. */
export function changesTo(base: Spec, goal: Spec): Record<string, unknown> {
  const isOtherScheme = base.scheme.kind !== goal.scheme.kind
  // Another scheme starts from its own defaults.
  const start = isOtherScheme ? { ...base, scheme: specSchema.parse({ scheme: { kind: goal.scheme.kind } }).scheme } : base
  const differs = ({ path }: { path: string }) =>
    (path === 'scheme.kind' ? isOtherScheme : !sameValue(valueAt(start, path), valueAt(goal, path)))
  const changed = parametersOf(goal).filter((parameter) => !shared.includes(parameter.path.split('.')[0]!) && differs(parameter))
  return Object.fromEntries(changed.map(({ path }) => [path, valueAt(goal, path)]))
}

/** Unused label: 'Sign', 'Sign 2', … */
export function freeLabel(wanted: string, variants: readonly VariantDraft[]): string {
  const taken = new Set(variants.map(({ label }) => label))
  const nth = (n: number) => (n === 1 ? wanted.slice(0, MAX_LABEL_LENGTH) : `${wanted.slice(0, MAX_LABEL_LENGTH - 4)} ${n}`)
  let n = 1
  while (taken.has(nth(n))) n++
  return nth(n)
}

/** Changes of a variant in their order; none if they are not an object. */
export const changesIn = ({ changes }: VariantDraft): [path: string, value: unknown][] =>
  (changes !== null && typeof changes === 'object' && !Array.isArray(changes) ? Object.entries(changes) : [])

export const variantLabelField = (index: number): TextField => ({
  kind: 'text', path: `variants.${index}.label`, title: `Label of variant ${index + 1}`,
  help: '', equation: '', source: '', advanced: false, unit: '', start: '', longest: MAX_LABEL_LENGTH, prompt: 'Enter a label.',
})

/** Field of one change, titled with its parameter; null if the spec has no such path. */
export function changeField(index: number, path: string, parameters: readonly Parameter[]): LeafField | null {
  const parameter = parameters.find((one) => one.path === path)
  return parameter ? { ...parameter.field, path: `variants.${index}.changes.${path}`, title: parameter.title } : null
}

/** Fields of all variants, for messages shown away from the inputs. */
export const variantFields = (variants: readonly VariantDraft[], parameters: readonly Parameter[]): LeafField[] =>
  variants.flatMap((variant, index) => [
    variantLabelField(index), ...changesIn(variant).flatMap(([path]) => changeField(index, path, parameters) ?? []),
  ])
