import { expect, test } from 'vitest'
import { filterRuns } from '../../../../../src-renderer/views/library/filter.ts'
import { summaryOf } from '../../fixtures.ts'

const runs = [
  summaryOf({ runId: 'aaaaaaaa', name: 'First try', scheme: 'mixed-precision', seed: 1, mseLast20: 0.03 }),
  summaryOf({ runId: 'bbbbbbbb', name: 'Second', scheme: 'mixed-precision', seed: 2, mseLast20: 0.2, status: 'failed' }),
  summaryOf({ runId: 'cccccccc', name: '', preset: 'pattern-generation/fp32', scheme: 'fp32', seed: 1, mseLast20: null }),
  summaryOf({ runId: 'dddddddd', name: 'diverged', scheme: 'sign', seed: 9, mseLast20: NaN }),
]
const nameOf = ({ name, preset }: { name: string, preset: string }) => name || (preset === '' ? '' : 'FP32 e-prop')
const found = (query: string) => filterRuns(runs, query, nameOf).map(({ runId }) => runId[0]).join('')

test.each([
  ['', 'abcd'], ['MIXED', 'ab'], ['mixed precision', 'ab'], ['mixed failed', 'b'], ['mse<0.05', 'a'], ['mse < 0.05', 'a'],
  ['mse>=0.03', 'ab'], ['mixed seed=1', 'a'], ['seed=1', 'ac'], ['pattern-generation', 'c'], ['fp32 e-prop', 'c'], ['nothing', ''],
  ['constructor=1', ''], ['mse<x', ''],
])('%j finds %j', (query, expected) => expect(found(query)).toBe(expected))
