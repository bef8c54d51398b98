import { describe, expect, test } from 'vitest'
import { checkSpec } from '../../../../../src-engine/experiment/parse.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'
import { fieldsOf, leavesOf } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import {
  fieldProblem, problemLine, problemsElsewhere, shortRange,
} from '../../../../../src-renderer/components/spec-form/problems.ts'

const leaves = leavesOf(fieldsOf(specSchemaNode()))
const leaf = (path: string) => leaves.find((field) => field.path === path)!
const problemsIn = (document: unknown) => {
  const checked = checkSpec(document)
  return checked.ok ? [] : checked.problems
}

describe('the message beside a field', () => {
  test.each([
    ['network.recurrentNeurons', { network: { recurrentNeurons: '1e999' } }, 'Recurrent neurons must be a whole number between 1 and 4096.'],
    ['network.recurrentNeurons', { network: { recurrentNeurons: 2.5 } }, 'Recurrent neurons must be a whole number between 1 and 4096.'],
    ['network.recurrentNeurons', { network: { recurrentNeurons: 5000 } }, 'Recurrent neurons must be between 1 and 4096.'],
    ['seed', { seed: 'x' }, 'Seed must be a whole number between 0 and 9\u202f007\u202f199\u202f254\u202f740\u202f991.'],
    ['training.epochs', { training: { epochs: 'x' } }, 'Epochs must be a whole number between 1 and 1\u202f000\u202f000.'],
    ['network.threshold', { network: { threshold: '' } }, 'Enter 0.0001 to 1000.'],
    ['task.file', { task: { kind: 'signal' } }, 'Choose a file.'],
    ['task.frequencies', { task: { kind: 'sinusoids', frequencies: '1, x' } },
      'Frequencies must be 1 to 32 numbers from 0.001 to 1000 Hz, separated by commas.'],
    ['task.frequencies', { task: { kind: 'sinusoids', frequencies: [1, 0] } }, 'Value 2 must be between 0.001 and 1000 Hz. Found 0.'],
    ['recording.traces.neurons', { recording: { traces: { neurons: '1, x' } } },
      'Recorded neurons must be up to 64 whole numbers from 0 to 65\u202f535, separated by commas.'],
    ['recording.traces.synapses', { recording: { traces: { synapses: 'input 3' } } },
      'Recorded synapses must be written as “input 3→5, recurrent 2→7”.'],
    ['recording.traces.synapses', { recording: { traces: { synapses: [{ layer: 'input', from: 3, to: 500 }] } } },
      'Value 1, to must be below 100, the number of recurrent neurons. Found 500.'],
  ])('%s', (path, document, message) => expect(fieldProblem(leaf(path), problemsIn(document))).toBe(message))

  test('is not shown for a field whose path starts with the same letters', () => {
    const problems = problemsIn({ learning: { rateInput: 'x' } })
    expect(fieldProblem(leaf('learning.rateRecurrent'), problems)).toBeNull()
    expect(fieldProblem(leaf('learning.rateInput'), problems)).not.toBeNull()
  })
})

test('problems without a field are listed elsewhere', () => {
  const problems = problemsIn({ network: { threshold: 'x' }, nonsense: 1 })
  expect(problemsElsewhere(leaves, problems).map(({ path }) => path)).toEqual(['nonsense'])
  expect(problemLine(problems[0]!, leaves)).toBe('Firing threshold must be a number between 0.0001 and 1000. Found "x".')
})

test.each([
  ['network.recurrentNeurons', '1 – 4096'], ['network.tauOutput', '0.1 – 10⁴'], ['scheme.accumulatorStep', '10⁻⁶ – 2'], ['name', ''],
  ['training.epochs', '1 – 10⁶'], ['device.scale', '0.001 – 10⁶'], ['learning.weightClip', '0 – 10¹²'], ['seed', ''],
])('the range of %s is short', (path, text) => expect(shortRange(leaf(path))).toBe(text))
