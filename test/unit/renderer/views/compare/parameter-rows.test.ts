import { expect, it } from 'vitest'
import { type SpecInput, specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { differingCells, parameterRows } from '../../../../../src-renderer/views/compare/parameter-rows.ts'

let count = 0
const run = (input: SpecInput) => {
  const spec = specSchema.parse(input)
  return { spec, summary: { runId: `run${count++}`, name: '', scheme: spec.scheme.kind, seed: spec.seed } }
}
const groups = [
  { runs: [run({ seed: 1 }), run({ seed: 2 })] },
  { runs: [run({ network: { tauOutput: 20 } }), run({ network: { tauOutput: 25 } })] },
  { runs: [run({ learning: { rateInput: 0.5 } })] },
]
const textsOf = (row: ReturnType<typeof parameterRows>[number]) => row.cells.map(({ text, differs }) => (differs ? `${text}!` : text))

it('lists what differs, with all values of a group, and marks what is not as in the base', () => {
  const [tau, rate] = parameterRows(groups, 0, false)
  expect([tau!.path, textsOf(tau!)]).toEqual(['network.tauOutput', ['30', '20; 25!', '30']])
  expect(rate!.path).toBe('learning.rateInput')
  expect(textsOf(parameterRows(groups, 1, false)[0]!)).toEqual(['30!', '20; 25', '30!'])
})

it('lists equal parameters if the user wants, and steps through those that differ', () => {
  const rows = parameterRows(groups, 0, true)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.map(({ path }) => path)).not.toContain('seed')
  expect(differingCells(rows).map(({ row, group }) => [rows[row]!.path, group])).toEqual([['network.tauOutput', 1], ['learning.rateInput', 2]])
})

it('has no values for runs whose spec cannot be read', () => {
  const unreadable = { runs: [{ ...run({}), spec: null }] }
  const [row] = parameterRows([...groups, unreadable], 0, false)
  expect(row!.cells.at(-1)).toMatchObject({ text: '', whole: 'The parameters of this run cannot be read' })
})
