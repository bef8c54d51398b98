import * as z from 'zod'

/** What the form, the documentation and the error messages say about one field. */
export interface Describe {
  /** A noun, in sentence case: 'Firing threshold'. */
  title: string
  /** One or two sentences; if a number comes from a paper, the paper and its equation. */
  help: string
  /** As printed in the label: 'ms', 'Hz', 'µS'. Absent if dimensionless. */
  unit?: string
  /** The equation that uses the field, in plain characters, and its source. */
  equation?: string
  source?: string
  /** Folded away in the form. */
  advanced?: boolean
}

interface Range extends Describe {
  min: number
  max: number
  default: number
  /** A positive quantity over decades: its slider is logarithmic. */
  logarithmic?: boolean
  /** The useful part of the range, which the slider covers. Without it there is no slider. */
  slider?: readonly [from: number, to: number]
}

/** A real number within [min, max]; NaN and infinities are refused. */
export const real = ({ min, max, default: start, ...about }: Range) =>
  number({ min, max, unit: about.unit }).default(start).meta(about)

/** A whole number within [min, max]. */
export const whole = ({ min, max, default: start, ...about }: Range) => {
  const range = `between ${min} and ${max}${unitOf(about)}`
  return z.int(`must be a whole number ${range}`).min(min, `must be ${range}`).max(max, `must be ${range}`).default(start).meta(about)
}

/** A list of 1 to `most` real numbers within [min, max]. */
export const numbers = ({ min, max, most, default: start, ...about }: Omit<Range, 'default'> & { most: number; default: number[] }) => {
  const rule = `must be a list of 1 to ${most} numbers`
  return z.array(number({ min, max, unit: about.unit }), rule).min(1, rule).max(most, rule).default(start).meta(about)
}

/** A list of up to `most` whole numbers within [min, max], which may be empty. */
export const wholes = ({ min, max, most, default: start, ...about }: Omit<Range, 'default'> & { most: number; default: number[] }) => {
  const [rule, range] = [`must be a list of up to ${most} whole numbers`, `must be a whole number between ${min} and ${max}`]
  return z.array(z.int(range).min(min, range).max(max, range), rule).max(most, rule).default(start).meta(about)
}

/**
 * A list of up to `most` entries, which only an input that knows them can offer. It may be empty.
 * `prompt` is the rule where they are typed.
 */
export const entries = <Entry extends z.ZodType>(
  entry: Entry, { most, ...about }: Describe & { most: number; prompt: string },
) => {
  const rule = `must be a list of up to ${most} entries`
  return z.array(entry, rule).max(most, rule).default([]).meta(about)
}

const number = ({ min, max, unit }: Pick<Range, 'min' | 'max' | 'unit'>) => {
  const range = `between ${min} and ${max}${unitOf({ unit })}`
  return z.number(`must be a number ${range}`).min(min, `must be ${range}`).max(max, `must be ${range}`)
}

const unitOf = ({ unit }: Pick<Describe, 'unit'>) => (unit ? ` ${unit}` : '')

export const flag = ({ default: start, ...about }: Describe & { default: boolean }) =>
  z.boolean().default(start).meta(about)

/** One option of a choice: its name for the eye, and one line about its effect. */
export interface Option {
  title: string
  meaning: string
}

/** One of a few options. The document has the identifier, the window shows the title. */
export const choice = <const Options extends Record<string, Option>>(
  options: Options,
  { default: start, ...about }: Describe & { default: keyof Options & string },
) => {
  const names = Object.keys(options) as [keyof Options & string, ...(keyof Options & string)[]]
  return z.enum(names).default(start as never).meta({ ...about, options })
}

/** A choice that a document may leave open. */
export const optionalChoice = <const Options extends Record<string, Option>>(options: Options, about: Describe) => {
  const names = Object.keys(options) as [keyof Options & string, ...(keyof Options & string)[]]
  return z.enum(names).optional().meta({ ...about, options })
}

/** Row of a file, counted from 1, which a document may leave open. */
export const rowNumber = ({ min = 0, ...about }: Describe & { min?: number }) => {
  const rule = `must be a whole number between ${min} and ${MOST_ROWS}`
  return z.int(rule).min(min, rule).max(MOST_ROWS, rule).optional().meta({ ...about })
}

const MOST_ROWS = 1e9

/** Options of a choice between registered kinds, in their order. */
export const optionsOf = <const Kinds extends readonly (Option & { kind: string })[]>(kinds: Kinds) =>
  Object.fromEntries(kinds.map(({ kind, title, meaning }) => [kind, { title, meaning }])) as Record<Kinds[number]['kind'], Option>

/** A group of fields: unknown names are refused, and an absent group takes its defaults. */
export const group = <Shape extends z.ZodRawShape>(shape: Shape, about: { title: string; help: string }) =>
  z.strictObject(shape).prefault({} as never).meta(about)
