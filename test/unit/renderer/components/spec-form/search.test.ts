import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { fieldsOf } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { foundInOtherKinds, foundPaths } from '../../../../../src-renderer/components/spec-form/search.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'

const fields = fieldsOf(specSchemaNode())
const document = specSchema.parse({ scheme: { kind: 'sign' } })
const search = (text: string) => [...foundPaths(fields, document, text) ?? []]

describe('a search for a parameter', () => {
  test('matches title, path, unit and help, and includes the groups', () => {
    expect(search('membrane time')).toEqual(['network', 'network.tauRecurrent'])
    expect(search('refresh.above')).toEqual(['scheme', 'scheme.refresh', 'scheme.refresh.above'])
    expect(search('pseudo-derivative')).toEqual(['network', 'network.surrogateHeight'])
    expect(search('input hz')).toContain('task.inputRate')
  })

  test('matches the titles above: all fields of a group or a kind', () => {
    expect(search('recording')).toEqual(expect.arrayContaining(['recording', 'recording.snapshotEvery', 'recording.checkpointEvery']))
    expect(search('update-ready')).toEqual(['scheme'])
  })

  test('shows everything without words, and nothing without a match', () => {
    expect(foundPaths(fields, document, '  ')).toBeNull()
    expect(search('xyzzy')).toEqual([])
  })

  test('lists matches in kinds that are not chosen', () => {
    expect(search('pairs per synapse')).toEqual([])
    expect(foundInOtherKinds(fields, document, 'pairs per synapse')).toEqual(['Pairs per synapse (Multi-memristor)'])
    expect(foundInOtherKinds(fields, document, 'xyzzy')).toEqual([])
  })

  test('never has more matches with more words', () => {
    const word = fc.constantFrom('rate', 'µs', 'device', 'noise', 'e', 'learning', 'drift')
    fc.assert(fc.property(word, word, (a, b) => {
      const both = search(`${a} ${b}`)
      expect(search(a)).toEqual(expect.arrayContaining(both))
      expect(search(b)).toEqual(expect.arrayContaining(both))
    }), { numRuns: 20 })
  })
})
