import { stripTypeScriptTypes } from 'node:module'
import { expect, test } from 'vitest'
import { coveringTests, Order, within } from '../../../scripts/mutation/covering.ts'
import { instrument } from '../../../scripts/mutation/instrument.ts'
import { mutantsOf } from '../../../scripts/mutation/mutants.ts'
import { progressLine } from '../../../scripts/mutation/progress.ts'
import { report, reportText, type Result } from '../../../scripts/mutation/results.ts'
import { sample } from '../../../scripts/mutation/sample.ts'

const file = 'src-engine/a.ts'
const changes = (text: string) => mutantsOf(file, text).map(({ original, mutated }) => `${original} → ${mutated}`)
const numbered = (text: string) => mutantsOf(file, text).map((mutant, id) => ({ ...mutant, id }))

/** Result of an instrumented function `f` with one mutant active, or none. */
function answer(text: string, mutated: string | null): unknown {
  const mutants = numbered(text)
  const active = mutants.find((mutant) => mutant.mutated === mutated)?.id
  expect(mutated === null || active !== undefined).toBe(true)
  const body = stripTypeScriptTypes(instrument(file, text, mutants)).replace(/^import .*?;/, '').replace('export ', '')
  return new Function('__mutant', `${body}\nreturn f()`)((id: number) => id === active)
}

test('comparisons, arithmetic, logic, numbers and conditions are changed', () => {
  expect(changes('const a = b < c')).toEqual(['b < c → b <= c', 'b < c → b >= c'])
  expect(changes('const a = b * c')).toEqual(['b * c → b / c'])
  expect(changes('const a = b && c')).toEqual(['b && c → b || c'])
  expect(changes('const a = b ?? c')).toEqual(['b ?? c → b'])
  expect(changes('const a = [1, 20, 0.5]')).toEqual(['1 → 0', '1 → 2', '20 → 0', '20 → 21', '0.5 → 0.25', '0.5 → 1'])
  expect(changes('const a = b ? c : d')).toEqual(['b → true', 'b → false'])
  expect(changes('const a = Math.min(b, c)')).toEqual(['Math.min(b, c) → Math.max(b, c)'])
  expect(changes('const a = b?.c')).toEqual(['b?.c → b.c'])
})

test('a statement with an effect is removed, and a body without a result is emptied', () => {
  expect(changes('function f() { a(); b() }')).toEqual(['{ … } → {}', 'a(); → ', 'b() → '])
  expect(changes('function f() { a(); return b() }')).toEqual(['a(); → '])
})

test('the condition of a loop is never forced to true', () => {
  expect(changes('while (a) b()')).toEqual(['a → false', 'b() → '])
})

test('types, imports, joined strings, errors and texts have no mutants', () => {
  expect(changes("import a from './1.ts'\ntype A = 1 | 2\nlet b: A")).toEqual([])
  expect(changes("const a = 'b' + c + 'd'")).toEqual([])
  expect(changes('function f() { throw new Error(`${a + 1}`) }')).toEqual([])
  expect(changes('const a = { title: b ? 1 : 2 }')).toEqual([])
})

test('a key stays the same when other parts of the file change', () => {
  const keys = mutantsOf(file, 'const f = (a: number) => a < 1 || a < 1').map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  const later = mutantsOf(file, 'const g = 3 < 4\n\nconst f = (a: number) => a < 1 || a < 1').map(({ key }) => key)
  expect(later).toEqual(expect.arrayContaining(keys))
})

test('an instrumented source behaves as before until a mutant is active', () => {
  const text = 'export function f(): number {\n  let a = 2\n  a += 3\n  if (a > 4 && a < 9) a = a * 10\n  return a\n}'
  expect(answer(text, null)).toBe(50)
  expect(answer(text, 'a -= 3')).toBe(-1)
  expect(answer(text, 'a > 4 || a < 9')).toBe(50)
  expect(answer(text, 'a <= 4')).toBe(5)
  expect(answer(text, 'a / 10')).toBe(0.5)
  expect(answer(text, '')).toBe(2)
})

test('the switch of a statement does not take the else of the if around it', () => {
  const text = 'export function f() {\n  let a = 1\n  const g = () => { a = 2 }\n  if (a > 4) g()\n  else a = 3\n  return a\n}'
  expect(answer(text, null)).toBe(3)
})

test('a switch at the start of a statement does not call the previous line', () => {
  const text = 'export function f() {\n  const g = { n: 1 }\n  const h = g\n  g.n -= 1\n  h?.n\n  return h.n\n}'
  expect(answer(text, null)).toBe(0)
  expect(answer(text, 'g.n += 1')).toBe(2)
})

test('a sample depends on the seed, not on the order, and stays similar when mutants are added', () => {
  const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ key: `m${from + i}` }))
  const chosen = sample(keys(0, 100), 20, 1)
  expect(sample(keys(0, 100).reverse(), 20, 1)).toEqual(chosen)
  expect(sample(keys(0, 100), 20, 2)).not.toEqual(chosen)
  const kept = sample(keys(0, 110), 20, 1).filter(({ key }) => chosen.some((item) => item.key === key))
  expect(kept.length).toBeGreaterThan(14)
})

test('the tests that reach a mutant are ordered by time and past kills, and cut at the budget', () => {
  const files = [
    { file: 'test/unit/b.test.ts', overhead: 10, reaches: new Set<number>(), tests: [
      { id: 'b0', milliseconds: 90, reaches: new Set([1]) }, { id: 'b1', milliseconds: 5, reaches: new Set([2]) }] },
    { file: 'test/unit/c.test.ts', overhead: 20, reaches: new Set([1]), tests: [{ id: 'c0', milliseconds: 20, reaches: new Set<number>() }] },
    { file: 'test/unit/d.test.ts', overhead: 1, reaches: new Set<number>(), tests: [] },
  ]
  const covering = coveringTests(1, files)
  expect(covering).toEqual([
    { file: 'test/unit/b.test.ts', tests: ['b0'], milliseconds: 100 }, { file: 'test/unit/c.test.ts', tests: null, milliseconds: 40 },
  ])
  const order = new Order()
  const names = () => order.sorted('src-engine/x.ts', covering).map((one) => one.file)
  expect(names()).toEqual(['test/unit/c.test.ts', 'test/unit/b.test.ts'])
  order.killed('src-engine/x.ts', 'test/unit/b.test.ts')
  expect(names()).toEqual(['test/unit/b.test.ts', 'test/unit/c.test.ts'])
  expect(within(covering, 139)).toEqual([covering[0]])
  expect(within(covering, 140)).toEqual(covering)
  expect(within(covering, 1)).toEqual([covering[0]])
})

test('the report counts a timeout as killed and lists survivors', () => {
  const result = (verdict: Result['verdict'], line: number): Result => ({
    key: String(line), file, line, mutator: 'boundary', original: 'a < b', mutated: 'a <= b', verdict, by: null, untried: [],
  })
  const told = report('src-engine', 1, 50, [result('uncovered', 9), result('killed', 1), result('timeout', 2), result('survived', 3)], ['c.test.ts'])
  expect(told.score).toBe(0.5)
  expect(reportText(told)).toContain('Without c.test.ts')
  expect(reportText(told)).toContain('50.0 % of 4 mutants killed (a sample of 50, seed 1)')
  expect(reportText(told)).toContain('src-engine/a.ts:3 boundary\n  - a < b\n  + a <= b\nsrc-engine/a.ts:9 boundary (no test reaches it)')
})

test('progress shows the rate and the remaining time', () => {
  expect(progressLine('mutants', 10, 40, 25)).toBe('mutants: 10 of 40, 2.5 s each, 1:15 left')
})
