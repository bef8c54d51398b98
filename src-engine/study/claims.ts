import { pairedTest } from '../statistics/compare-arms.ts'
import type { ComparedArm, ComparedRun, Comparison } from '../statistics/comparison.ts'
import { formatCount, formatRounded } from '../format/numbers.ts'
import type { Problem } from '../experiment/problem.ts'
import type { Claim } from './study.ts'

/** Numbers of an arm that a claim can state and compare. */
const statistics = {
  mean: ({ sample }: ComparedArm) => sample.mean,
  sd: ({ sample }: ComparedArm) => sample.sd ?? NaN,
  n: ({ sample }: ComparedArm) => sample.n,
  lower: ({ interval }: ComparedArm) => interval?.[0] ?? NaN,
  upper: ({ interval }: ComparedArm) => interval?.[1] ?? NaN,
  worst: ({ worst }: ComparedArm) => worst ?? NaN,
  set: ({ set }: ComparedArm) => set ?? NaN,
  energy: ({ energy }: ComparedArm) => energy ?? NaN,
  learned: ({ outcomes }: ComparedArm) => outcomes.learned,
  untrained: ({ outcomes }: ComparedArm) => outcomes.untrained,
  silent: ({ outcomes }: ComparedArm) => outcomes.silent,
  diverged: ({ outcomes }: ComparedArm) => outcomes.diverged,
} satisfies Record<string, (arm: ComparedArm) => number>
type Statistic = keyof typeof statistics

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
  '=': (a: number, b: number) => a === b,
}
type Operator = keyof typeof comparisons

/** A claim and what the results say about it. */
export interface CheckedClaim {
  id: string
  section: string
  /** Markdown with the numbers of the results. */
  text: string
  /** Labels of the rows that it follows from. */
  rows: string[]
  /** Why the results do not support it, condition by condition. Empty if they do. */
  refused: string[]
}

type Side = { arm: string; statistic: Statistic | null } | { number: number }
interface Condition { left: Side; operator: Operator | '~'; right: Side }

const names = Object.keys(statistics).join('|')
const side = `([a-z]\\w*)(?:[.](${names}))?|(\\d+(?:[.]\\d+)?(?:e-?\\d+)?)`
const conditionPattern = new RegExp(`^(?:${side}) (<=|>=|<|>|=|~) (?:${side})$`)

/** Reads a condition: 'a < b', 'a ~ b', 'a.worst <= 0.018'. Null if it is none. */
function conditionOf(text: string): Condition | null {
  const match = conditionPattern.exec(text)
  if (match === null) return null
  const [, armLeft, ofLeft, numberLeft, operator, armRight, ofRight, numberRight] = match
  const left = sideOf(armLeft, ofLeft, numberLeft)
  const right = sideOf(armRight, ofRight, numberRight)
  const arms = [left, right].filter((one) => 'arm' in one && one.statistic === null)
  // Two arms are compared by their pairs; all else are numbers.
  const isPair = arms.length === 2
  if (arms.length === 1 || (isPair ? !['<', '>', '~'].includes(operator!) : operator === '~')) return null
  return { left, operator: operator as Condition['operator'], right }
}

const sideOf = (arm: string | undefined, statistic: string | undefined, number: string | undefined): Side =>
  (arm === undefined ? { number: Number(number) } : { arm, statistic: (statistic ?? null) as Statistic | null })

const placeholder = new RegExp(`\\{([a-z]\\w*)(?:[.](loss|interval|${names})| - ([a-z]\\w*))?\\}`, 'g')

/** Everything that is wrong with the texts of a claim, by their place in it. */
export function claimProblems({ arms, text, holds }: Claim): Problem[] {
  const known = Object.keys(arms)
  const unknown = (used: (string | undefined)[]) => used.find((name) => name !== undefined && !known.includes(name))
  const inText = [...text.matchAll(placeholder)].flatMap(([, arm, , other]) => [arm, other])
  const left = text.replaceAll(placeholder, '')
  const textProblems: Problem[] = /[{}]/.test(left)
    ? [{ path: 'text', rule: 'must have placeholders such as {a}, {a.loss}, {a.interval}, {a.worst} or {a - b} only', found: /\{[^}]*\}?|\}/.exec(left)![0] }]
    : nameProblems('text', unknown(inText))
  return [...textProblems, ...holds.flatMap((condition, index) => {
    const parsed = conditionOf(condition)
    const rule = `must be a condition such as a < b, a ~ b, a.worst <= 0.018 or a.learned = 10. The numbers are ${Object.keys(statistics).join(', ')}`
    if (parsed === null) return [{ path: `holds.${index}`, rule, found: JSON.stringify(condition) }]
    return nameProblems(`holds.${index}`, unknown([parsed.left, parsed.right].map((one) => ('arm' in one ? one.arm : undefined))))
  })]
}

const nameProblems = (path: string, name: string | undefined): Problem[] =>
  (name === undefined ? [] : [{ path, rule: 'must name arms of the claim only. Add it to arms', found: JSON.stringify(name) }])

/**
 * States a valid claim with the numbers of a comparison, and checks it. `a < b` holds if the 95 % interval of the paired difference lies
 * below 0, `a ~ b` if it contains 0. All other conditions compare numbers.
 * @param escape makes a label part of Markdown
 */
export function checkClaim(claim: Claim, { arms }: Comparison, escape: (label: string) => string): CheckedClaim {
  const rows = [...new Set(Object.values(claim.arms))]
  const missing = rows.filter((label) => !arms.some((arm) => arm.label === label))
  const { id, section } = claim
  if (missing.length > 0) return { id, section, text: claim.text, rows, refused: missing.map((label) => `There is no arm “${label}”.`) }
  const armOf = (name: string) => arms.find(({ label }) => label === claim.arms[name])!
  return {
    id,
    section,
    text: claim.text.replaceAll(placeholder, (_, name: string, of: string | undefined, other: string | undefined) =>
      (other === undefined ? partText(armOf(name), of, escape) : differenceText(armOf(name), armOf(other)))),
    rows,
    refused: claim.holds.flatMap((condition) => {
      const actual = refusalOf(conditionOf(condition)!, armOf)
      return actual === null ? [] : [`${condition}: ${actual}`]
    }),
  }
}

/** What the results say instead; null if the condition holds. */
function refusalOf({ left, operator, right }: Condition, armOf: (name: string) => ComparedArm): string | null {
  if ('arm' in left && left.statistic === null && 'arm' in right) return pairRefusal(armOf(left.arm), armOf(right.arm), operator)
  const valueOf = (one: Side) => ('number' in one ? one.number : statistics[one.statistic!](armOf(one.arm)))
  const [a, b] = [valueOf(left), valueOf(right)]
  return comparisons[operator as Operator](a, b) ? null : `${numberText(a)} against ${numberText(b)}`
}

function pairRefusal(arm: ComparedArm, other: ComparedArm, operator: Condition['operator']): string | null {
  const interval = pairedTest(restartsOf(arm), restartsOf(other))?.interval ?? null
  if (interval === null) return 'there is no interval of the difference'
  const [low, high] = interval
  const holds = operator === '<' ? high < 0 : operator === '>' ? low > 0 : low <= 0 && high >= 0
  return holds ? null : `the difference is ${differenceText(arm, other)}`
}

/** Runs by restart: of the runs of one seed, the first belongs to the first restart. */
function restartsOf({ runs, restarts = 1 }: ComparedArm): ComparedRun[][] {
  const bySeed = [...Map.groupBy(runs, ({ seed }) => seed).values()]
  return Array.from({ length: restarts }, (_, restart) => bySeed.flatMap((own) => own.slice(restart, restart + 1)))
}

/** Significant digits of a loss, and of a mean number of SETs. */
const DIGITS = 3
const SET_DIGITS = 4

const numberText = (value: number) => (Number.isInteger(value) ? formatCount(value) : formatRounded(value, DIGITS))

function partText(arm: ComparedArm, of: string | undefined, escape: (label: string) => string): string {
  if (of === undefined) return escape(arm.label)
  if (of === 'interval') return `${formatRounded(statistics.lower(arm), DIGITS)} to ${formatRounded(statistics.upper(arm), DIGITS)}`
  if (of === 'set') return formatRounded(statistics.set(arm), SET_DIGITS)
  if (of !== 'loss') return numberText(statistics[of as Statistic](arm))
  const searches = arm.restarts === undefined ? '' : ` from ${arm.restarts} searches`
  return `${formatRounded(arm.sample.mean, DIGITS)} (95 % interval ${partText(arm, 'interval', escape)}, n = ${arm.sample.n}${searches})`
}

/** '−0.0014 (−0.0023 to −0.00055)' */
function differenceText(arm: ComparedArm, other: ComparedArm): string {
  const test = pairedTest(restartsOf(arm), restartsOf(other))
  const signed = (value: number) => (value > 0 ? '+' : '') + formatRounded(value, DIGITS)
  return test === null ? 'unknown' : `${signed(test.difference)} (${test.interval?.map(signed).join(' to ') ?? 'no interval'})`
}
