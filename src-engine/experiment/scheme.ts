import * as z from 'zod'
import { GREY } from '../format/colours.ts'
import { oneOf } from './problem.ts'
import { schemes } from './schemes/registry.ts'
import type { SchemeTraits } from './schemes/scheme-kind.ts'

type Scheme = (typeof schemes)[number]

/** Settings of an update scheme. */
export type SchemeSpec = z.output<Scheme['schema']>
export type SchemeKind = Scheme['kind']
export type SchemeOf<Kind extends SchemeKind> = Extract<SchemeSpec, { kind: Kind }>
export type SubstrateOf<Kind extends SchemeKind> = Extract<Scheme, { kind: Kind }>['substrate']

type Each<List extends readonly Scheme[], Property extends keyof Scheme> =
  { -readonly [Index in keyof List]: List[Index][Property] }

/** In the order of legends, tables and series colours. */
export const schemeKinds = schemes.map(({ kind }) => kind) as Each<typeof schemes, 'kind'>

export const defaultScheme: SchemeKind = schemeKinds[0]

/** The identifiers are those of documents and the command line. */
export const schemeSchema = z.discriminatedUnion('kind', schemes.map(({ schema }) => schema) as Each<typeof schemes, 'schema'>)
  .prefault({ kind: defaultScheme } as z.input<Scheme['schema']>)
  .meta({ title: 'Update scheme', help: 'How a gradient is converted to pulses.' })

/** A scheme that only a newer version knows. */
const unknownScheme: Pick<SchemeTraits, 'colour'> = { colour: GREY }

type Named = Pick<SchemeSpec, 'kind'>

const byKind = new Map<string, Scheme>(schemes.map((scheme) => [scheme.kind, scheme]))

/** @throws Error that names the kind if no scheme has it */
function schemeOf(kind: string): Scheme {
  const scheme = byKind.get(kind)
  if (!scheme) throw new Error(`There is no update scheme ${kind}. It must be ${oneOf(schemeKinds)}.`)
  return scheme
}

export const traitsOf = ({ kind }: Named): SchemeTraits => schemeOf(kind)

/** 'Mixed precision' for 'mixed-precision'. A scheme that only a newer version knows has its kind as its title. */
export const schemeTitle = (kind: string): string => byKind.get(kind)?.title ?? kind

/** Colour of a scheme, the same on every screen and in every export. A scheme that only a newer version knows is grey. */
export function schemeColour(kind: string, background: 'light' | 'dark'): string {
  const { colour } = byKind.get(kind) ?? unknownScheme
  return typeof colour === 'string' ? colour : colour[background]
}

/** Whether the scheme's weights live in a crossbar. */
export const usesDevices = (scheme: Named): boolean => traitsOf(scheme).substrate === 'crossbar'

/** Number of differential pairs per synapse; 0 for digital weights. */
export const pairsOf = (scheme: SchemeSpec): number => traitsOf(scheme).pairs(scheme as never)
