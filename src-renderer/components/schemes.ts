import { type SchemeKind, schemeSchema } from '../../src-engine/experiment/scheme.ts'

const titles = new Map(schemeSchema.unwrap().options.map((scheme) => [scheme.shape.kind.value, scheme.meta()?.title]))

/** Title of a scheme, from the schema: 'Mixed precision' for 'mixed-precision'. */
export const schemeTitle = (kind: SchemeKind): string => titles.get(kind) ?? kind
