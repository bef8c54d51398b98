import { expect, test } from 'vitest'
import { isComplete, type StoredRun } from '../../../scripts/chaos/library.ts'
import { differences } from '../../../scripts/chaos/outcome.ts'
import { unwantedWords } from '../../../scripts/chaos/program.ts'
import { chanceOf } from '../../../scripts/chaos/random.ts'

const numbers = (seed: number) => {
  const chance = chanceOf(seed)
  return Array.from({ length: 1000 }, () => chance.number())
}

test('chance repeats itself with its seed, and spreads evenly from 0 to 1', () => {
  const some = numbers(7)
  expect(numbers(7)).toEqual(some)
  expect(numbers(8)).not.toEqual(some)
  expect(Math.min(...some)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...some)).toBeLessThan(1)
  const tenths = Map.groupBy(some, (number) => Math.floor(10 * number))
  for (let tenth = 0; tenth < 10; tenth++) expect(tenths.get(tenth)!.length).toBeGreaterThan(60)
})

test.for([
  ['The library is locked by another program (SQLITE_BUSY: database is locked).', true],
  ['TypeError: x is undefined\n    at run (file:///work/src-main/cli/run.ts:12:3)', true],
  ['1 of 4 runs finished, 1 running\nRun 0run0000001 started. Library: /tmp/unlocked/library.chalcogen', false],
] as const)('%j reaches a user in vain: %s', ([err, isUnwanted]) => {
  expect(unwantedWords({ code: 1, signal: null, out: '', err }) !== null).toBe(isUnwanted)
})

test('a run that is finished or was stopped by its sweep is complete', () => {
  const run = (status: string, error: string | null = null) => ({ status, error }) as StoredRun
  expect([run('done'), run('stopped', 'Stopped early: rank 3 of 4 arms after 10 epochs.')].every(isComplete)).toBe(true)
  expect([run('stopped'), run('queued'), run('interrupted'), run('failed', 'Stopped early')].some(isComplete)).toBe(false)
})

test('names the first lines that differ, and none if all are equal', () => {
  expect(differences(['a', 'b'], ['a', 'b'])).toEqual([])
  expect(differences(['a', 'c'], ['a', 'b'])).toEqual(['expected b\n     found c'])
  expect(differences(['a', 'b', 'b'], ['a', 'b'])).toEqual(['expected nothing\n     found b'])
})
