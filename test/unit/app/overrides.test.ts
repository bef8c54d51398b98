import { expect, test } from 'vitest'
import { withOverrides } from '../../../src-main/app/overrides.ts'

test('a value is JSON, or else a string', () => {
  const document = withOverrides({}, ['seed=7', 'name=first try', 'task.frequencies=[1,2]', 'device.drift=false'])
  expect(document).toEqual({ seed: 7, name: 'first try', task: { frequencies: [1, 2] }, device: { drift: false } })
})

test('the given document is left as it was', () => {
  const document = { training: { epochs: 250 } }
  expect(withOverrides(document, ['training.epochs=3'])).toEqual({ training: { epochs: 3 } })
  expect(document.training.epochs).toBe(250)
})

test('another kind starts from its own defaults, whatever the order', () => {
  const document = { scheme: { kind: 'mixed-precision', accumulatorStep: 0.125 } }
  expect(withOverrides(document, ['scheme.pairs=2', 'scheme.kind=multi-memristor'])).toEqual({ scheme: { kind: 'multi-memristor', pairs: 2 } })
  expect(withOverrides(document, ['scheme.kind=mixed-precision'])).toEqual(document)
})

test('one switch of a named set of conventions', () => {
  const document = withOverrides({ conventions: 'published' }, ['conventions.rounding=truncate'])
  expect(document).toMatchObject({ conventions: { rounding: 'truncate', timeline: 'immediate' } })
})

test('another file does not keep the samples of the first', () => {
  const document = { task: { kind: 'signal', file: 'a.csv', samples: [1, 2] } }
  expect(withOverrides(document, ['task.file=b.csv'])).toEqual({ task: { kind: 'signal', file: 'b.csv' } })
  expect(withOverrides(document, ['task.steps=10'])).toMatchObject({ task: { samples: [1, 2] } })
})

test.each([
  ['training.epoch=3', 'did you mean training.epochs?'],
  ['epochs=3', 'did you mean training.epochs?'],
  ['nonsense.at.all=1', 'a path of the spec'],
  ['__proto__.polluted=1', 'a path of the spec'],
  ['training.epochs', 'training.epochs=VALUE'],
])('%s is refused with advice', (assignment, advice) => {
  expect(() => withOverrides({}, [assignment])).toThrow(advice)
  expect({}).not.toHaveProperty('polluted')
})
