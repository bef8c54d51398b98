import * as z from 'zod'

/** What the form, the documentation and the error messages say of one field. */
export interface Describe {
  title: string
  /** One or two sentences; where a number comes from a paper, its name and equation. */
  help: string
  /** As printed in the label: 'ms', 'Hz', 'µS'. Dimensionless where absent. */
  unit?: string
  /** The equation in which it stands, in plain characters, and who gave it. */
  equation?: string
  source?: string
  /** Shown behind "more" in the form. */
  advanced?: boolean
}

interface Range extends Describe {
  min: number
  max: number
  default: number
  /** A positive quantity over decades: the form steps it by factors. */
  logarithmic?: boolean
  /** The useful part of the range: the form lays a slider over it. A field without has none. */
  slider?: readonly [from: number, to: number]
}

/** A real number within [min, max]; NaN and infinities are refused. */
export const real = ({ min, max, default: start, ...about }: Range) =>
  z.number().min(min).max(max).default(start).meta(about)

/** A whole number within [min, max]. */
export const whole = ({ min, max, default: start, ...about }: Range) =>
  z.int().min(min).max(max).default(start).meta(about)

export const flag = ({ default: start, ...about }: Describe & { default: boolean }) =>
  z.boolean().default(start).meta(about)

/** One of a few named choices; `options` says what each means. */
export const choice = <const Names extends Record<string, string>>(
  options: Names,
  { default: start, ...about }: Describe & { default: keyof Names & string },
) => {
  const names = Object.keys(options) as [keyof Names & string, ...(keyof Names & string)[]]
  return z.enum(names).default(start as never).meta({ ...about, options })
}

/** A group of fields: unknown keys are refused, and an absent group takes its defaults. */
export const group = <Shape extends z.ZodRawShape>(shape: Shape, about: { title: string; help: string }) =>
  z.strictObject(shape).prefault({} as never).meta(about)
