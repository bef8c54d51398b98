import { type SchemeKind, schemeSchema } from '../../src-engine/spec/scheme.ts'

const titles = new Map(schemeSchema.unwrap().options.map((scheme) => [scheme.shape.kind.value, scheme.meta()?.title]))

/** 'Mixed precision' for 'mixed-precision', as the schema says it. */
export const schemeTitle = (kind: SchemeKind): string => titles.get(kind) ?? kind
