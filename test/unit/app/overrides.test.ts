import { expect, test } from 'vitest'
import { withOverrides } from '../../../src-main/app/overrides.ts'

test('parses a value as JSON, or else takes it as a string', () => {
  const document = withOverrides({}, ['seed=7', 'name=first try', 'task.frequencies=[1,2]', 'device.drift=false'])
  expect(document).toEqual({ seed: 7, name: 'first try', task: { frequencies: [1, 2] }, device: { drift: false } })
})

test.each([
  ['name=2024', '2024'], ['name=1e3', '1e3'], ['name=true', 'true'], ['name=null', 'null'], ['name=[1]', '[1]'], ['name={"a":1}', '{"a":1}'],
  ['name="2024"', '2024'], ['name=', ''], ['name=a=b', 'a=b'], ['name="open', '"open'],
])('takes %s as text', (assignment, name) => {
  expect(withOverrides({}, [assignment])).toEqual({ name })
})

test('takes a column, file or preset as text, and everything else by its own type', () => {
  const document = withOverrides({}, ['task.kind=signal', 'task.column=2019', 'task.file=7', 'preset=1', 'seed=1', 'task.samples=[1,2]'])
  expect(document).toEqual({ task: { kind: 'signal', column: '2019', file: '7', samples: [1, 2] }, preset: '1', seed: 1 })
  expect(withOverrides({}, ['conventions={"rounding":"floor"}'])).toEqual({ conventions: { rounding: 'floor' } })
})

test('does not change the given document', () => {
  const document = { training: { epochs: 250 } }
  expect(withOverrides(document, ['training.epochs=3'])).toEqual({ training: { epochs: 3 } })
  expect(document.training.epochs).toBe(250)
})

test('starts a new kind from its own defaults, in any order of overrides', () => {
  const document = { scheme: { kind: 'mixed-precision', accumulatorStep: 0.125 } }
  expect(withOverrides(document, ['scheme.pairs=2', 'scheme.kind=multi-memristor'])).toEqual({ scheme: { kind: 'multi-memristor', pairs: 2 } })
  expect(withOverrides(document, ['scheme.kind=mixed-precision'])).toEqual(document)
})

test('overrides one convention of a named set', () => {
  const document = withOverrides({ conventions: 'published' }, ['conventions.rounding=floor'])
  expect(document).toMatchObject({ conventions: { rounding: 'floor', timeline: 'immediate' } })
})

test('drops the samples of the previous file', () => {
  const document = { task: { kind: 'signal', file: 'a.csv', samples: [1, 2] } }
  expect(withOverrides(document, ['task.file=b.csv'])).toEqual({ task: { kind: 'signal', file: 'b.csv' } })
  expect(withOverrides(document, ['task.steps=10'])).toMatchObject({ task: { samples: [1, 2] } })
})

test.each([
  ['training.epoch=3', 'Did you mean training.epochs?'],
  ['epochs=3', 'Did you mean training.epochs?'],
  ['nonsense.at.all=1', 'Check the spelling'],
  ['__proto__.polluted=1', 'Check the spelling'],
  ['training.epochs', 'training.epochs=VALUE'],
])('refuses %s with a suggestion', (assignment, advice) => {
  expect(() => withOverrides({}, [assignment])).toThrow(advice)
  expect({}).not.toHaveProperty('polluted')
})
