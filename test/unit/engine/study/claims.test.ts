import { describe, expect, it } from 'vitest'
import { checkClaim, claimProblems } from '../../../../src-engine/study/claims.ts'
import type { Claim } from '../../../../src-engine/study/study.ts'
import { armOf, comparisonOf, runOf } from '../../../fixtures/study-report.ts'

const runs = (loss: number) =>
  Array.from({ length: 10 }, (_, index) => runOf({ seed: 201 + index, loss: loss * (1 + index / 100) }))
const comparison = comparisonOf([armOf('Good | one', runs(0.01)), armOf('Bad', runs(0.05)), armOf('Same', runs(0.01))])
const claim = (text: string, ...holds: string[]): Claim =>
  ({ id: 'first', section: 'schemes', arms: { a: 'Good | one', b: 'Bad', c: 'Same' }, text, holds })
const check = (text: string, ...holds: string[]) => checkClaim(claim(text, ...holds), comparison, (label) => label.replace('|', '/'))

describe('a claim', () => {
  it('states the numbers of its arms', () => {
    expect(check('{a} has {a.loss}, worst {a.worst}, {a.learned} of {a.n}; {a - b} from {b}.', 'a < b').text).toBe(
      'Good / one has 0.0105 (95 % interval 0.0103 to 0.0106, n = 10), worst 0.0109, 10 of 10; −0.0418 (−0.0425 to −0.0411) from Bad.')
  })

  it('holds if the interval of the paired difference is on its side of 0', () => {
    expect(check('', 'a < b', 'b > a', 'a ~ c').refused).toEqual([])
    expect(check('', 'b < a').refused).toEqual(['b < a: the difference is +0.0418 (+0.0411 to +0.0425)'])
    expect(check('', 'a < c').refused).toHaveLength(1)
    expect(check('', 'a ~ b').refused).toHaveLength(1)
  })

  it.each([
    ['a.mean < 0.0146', true], ['a.worst <= 0.011', true], ['a.worst <= 0.0108', false], ['a.learned = 10', true], ['a.diverged >= 1', false],
    ['a.upper < b.lower', true], ['b.mean > 4e-2', true],
  ])('compares numbers: %s is %s', (condition, holds) => {
    expect(check('', condition).refused.length === 0).toBe(holds)
  })

  it('is refused if an arm is missing', () => {
    const { refused } = checkClaim({ ...claim('', 'a < b'), arms: { a: 'Good | one', b: 'Gone' } }, comparison, String)
    expect(refused).toEqual(['There is no arm “Gone”.'])
  })

  it('is refused if a loss is not a number', () => {
    const broken = comparisonOf([armOf('Good | one', runs(0.01)), armOf('Bad', runs(NaN))])
    expect(checkClaim({ ...claim('', 'a < b', 'b.mean > 1') }, { ...broken, arms: [...broken.arms, armOf('Same', [])] }, String).refused).toHaveLength(2)
  })

  it.each([
    ['a << b', 'must be a condition'], ['a = b', 'must be a condition'], ['a.mean ~ 3', 'must be a condition'], ['a < 3', 'must be a condition'],
    ['a.median < 3', 'must be a condition'], ['d < a', 'must name arms of the claim only'],
  ])('with the condition %s is refused before it is checked', (condition, rule) => {
    expect(claimProblems(claim('', condition))).toEqual([expect.objectContaining({ path: 'holds.0', rule: expect.stringContaining(rule) })])
  })

  it.each([['{d}', 'must name arms'], ['{a.median}', 'must have placeholders'], ['{a', 'must have placeholders']])('with the text %s too', (text, rule) => {
    expect(claimProblems(claim(text, 'a < b'))).toEqual([expect.objectContaining({ path: 'text', rule: expect.stringContaining(rule) })])
  })
})
