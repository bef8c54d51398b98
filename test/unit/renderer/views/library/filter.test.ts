import { expect, test } from 'vitest'
import { filterProblem, filterRuns } from '../../../../../src-renderer/views/library/filter.ts'
import { summaryOf } from '../../fixtures.ts'

const runs = [
  summaryOf({ runId: 'aaaaaaaa', name: 'First try', scheme: 'mixed-precision', seed: 1, lossLast20: 0.03, outcome: 'learned', secondsComputed: 40 }),
  summaryOf({ runId: 'bbbbbbbb', name: 'Second', scheme: 'mixed-precision', seed: 2, lossLast20: 0.2, status: 'failed', secondsComputed: null }),
  summaryOf({ runId: 'cccccccc', name: '', preset: 'pattern-generation/fp32', scheme: 'fp32', seed: 1, lossLast20: null }),
  summaryOf({ runId: 'dddddddd', name: 'rate: 0.01', scheme: 'sign', seed: 9, lossLast20: NaN, outcome: 'diverged', reasons: ['not a number', 'loss grew'], secondsComputed: 90 }),
]
const nameOf = ({ name, preset }: { name: string, preset: string }) => name || (preset === '' ? '' : 'FP32 e-prop')
const found = (query: string) => filterRuns(runs, query, nameOf).map(({ runId }) => runId[0]).join('')

test.each([
  ['', 'abcd'], ['MIXED', 'ab'], ['mixed precision', 'ab'], ['mixed failed', 'b'], ['mse<0.05', 'a'], ['mse < 0.05', 'a'], ['loss<0.05', 'a'], ['mse ≤ 0.05', 'a'],
  ['mse>=0.03', 'ab'], ['seed=1 mixed', 'a'], ['seed=1 mse<1', 'a'], ['duration>60', 'd'], ['duration > 30 seed = 1', 'ac'], ['rate>1e1', 'abcd'],
  ['diverged', 'd'], ['Learned', 'a'], ['"not a number"', 'd'], ['grew', 'd'],
  ['"rate: 0.01"', 'd'], ['"First TRY"', 'a'], ['"first try', 'a'], ['"try first"', ''], ['seed=1 "first try"', 'a'], ['"first"seed=1', 'a'], ['""', 'abcd'], ['seed=1', 'ac'], ['pattern-generation', 'c'], ['fp32 e-prop', 'c'], ['nothing', ''],
])('%j finds %j', (query, expected) => {
  expect(filterProblem(query)).toBeNull()
  expect(found(query)).toBe(expected)
})

const names = 'Compare mse, rate (Hz), seed, epochs, sets or duration (s), or put text in quotes.'

test.each([
  ['learning rate > 0.001', `Runs have no value 'learning rate' to compare. ${names} To search for a word too, type it after the comparison: rate>0.001 learning.`],
  ['mixed mse<0.05', `Runs have no value 'mixed mse' to compare. ${names} To search for a word too, type it after the comparison: mse<0.05 mixed.`],
  ['the error<0.05', `Runs have no value 'the error' to compare. ${names}`],
  ['error<0.05', `Runs have no value 'error' to compare. ${names}`],
  ['constructor=1', `Runs have no value 'constructor' to compare. ${names}`],
  ['scheme=mixed', `Runs have no value 'scheme' to compare. ${names}`],
  ['seed!=1', `Runs have no value 'seed!' to compare. ${names}`],
  ['> 0.05', `Nothing stands before the sign. ${names}`],
  ['"rate" > 0.05', `Nothing stands before the sign. ${names}`],
  ['mse<0.05<1', `Nothing stands before the sign. ${names}`],
  ['mse<x', 'Compare mse with one number, for example mse<10.'],
  ['mse<', 'Compare mse with one number, for example mse<10.'],
  ['mse<0,05', 'Compare mse with one number, for example mse<10.'],
  ['mse=<1', 'Compare mse with one number, for example mse<10.'],
  ['status:done', `A filter has no colons: 'status:done'. Type the word alone (done), or put the text in quotes.`],
  ['fp32 name: x', `A filter has no colons: 'name:'. Type the word alone (name), or put the text in quotes.`],
  [':', `A filter has no colons: ':'. Put the text in quotes.`],
])('%j is refused, and every run is shown', (query, problem) => {
  expect(filterProblem(query)).toBe(problem)
  expect(found(query)).toBe('abcd')
})
