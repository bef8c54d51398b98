import { expect, test } from 'vitest'
import { BadInput, describeProblem } from '../../../../src-engine/experiment/problem.ts'

test.each([
  [{ path: 'network.threshold', rule: 'must be between 0.0001 and 1000', found: '5000' }, 'network.threshold must be between 0.0001 and 1000. Found 5000.'],
  [{ path: 'training.epoch', rule: 'is not a setting. Did you mean training.epochs?', found: '' }, 'training.epoch is not a setting. Did you mean training.epochs?'],
  [{ path: 'task.file', rule: 'must name a file', found: 'nothing' }, 'task.file is missing. It must name a file.'],
  [{ path: '', rule: 'must be at most 10 MB', found: '12.3 MB' }, 'The document must be at most 10 MB. Found 12.3 MB.'],
])('%j reads as plain sentences', (problem, text) => {
  expect(describeProblem(problem)).toBe(text)
})

test('a problem of the whole document has the source as its subject', () => {
  const problem = { path: '', rule: 'must be a JSON document', found: '' }
  expect(new BadInput('my.json', [problem]).message).toBe('my.json must be a JSON document.')
  expect(new BadInput('my.json', [{ ...problem, path: 'spec' }]).message).toBe('my.json cannot be used:\n  spec must be a JSON document.')
})
