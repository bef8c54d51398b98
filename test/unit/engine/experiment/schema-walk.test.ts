import { describe, expect, test } from 'vitest'
import { leafValues } from '../../../../src-engine/experiment/parameters.ts'
import { placesBelow, type SchemaNode, specPlaces, specSchemaNode, variantsOf } from '../../../../src-engine/experiment/schema-walk.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

const node: SchemaNode = {
  properties: {
    seed: { type: 'integer', title: 'Seed' },
    scheme: {
      title: 'Scheme',
      oneOf: [
        { title: 'One', properties: { kind: { const: 'one' }, rate: { type: 'number', title: 'Rate', unit: 'Hz' } } },
        { title: 'Two', properties: { kind: { const: 'two' }, deep: { title: 'Deep', properties: { odd: {} } } } },
      ],
    },
    maybe: { anyOf: [{ properties: { inner: { title: 'Inner' } } }, { type: 'null' }] },
  },
}

describe('the walk of a schema', () => {
  test('has every path in the order of the schema, with titles and the variant that it is in', () => {
    expect([...placesBelow(node)].map(({ path, titles, variant }) => [path, titles, variant?.title ?? null])).toEqual([
      ['seed', 'Seed', null],
      ['scheme', 'Scheme', null],
      ['scheme.kind', 'Scheme', 'One'],
      ['scheme.rate', 'Scheme · Rate', 'One'],
      ['scheme.kind', 'Scheme', 'Two'],
      ['scheme.deep', 'Scheme · Deep', 'Two'],
      ['scheme.deep.odd', 'Scheme · Deep · odd', null],
      ['maybe', 'maybe', null],
      ['maybe.inner', 'maybe · Inner', null],
    ])
  })

  test('finds a place with a title for every leaf of the spec of every scheme and task', () => {
    const titled = new Map(specPlaces().map((place) => [place.path, place.node.title ?? place.variant?.title]))
    const kindsOf = (name: string) => variantsOf(specSchemaNode().properties![name]!).map(({ kind }) => kind)
    for (const scheme of kindsOf('scheme')) {
      for (const task of kindsOf('task')) {
        const spec = specSchema.parse({ scheme: { kind: scheme }, task: { kind: task, ...(task === 'signal' && { file: 'a.csv' }) } })
        for (const path of leafValues(spec).keys()) expect(titled.get(path), path).toBeTruthy()
      }
    }
  })
})
