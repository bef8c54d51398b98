import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/runtime/paths.ts'
import { createRedactor } from '../../src-main/app/log/redact.ts'
import { attacksOn, type Pattern, patternsMadeOfParts, patternsOf, risksOf } from '../fixtures/hostile/patterns.ts'

/** Patterns over texts that are short, whoever wrote them. */
const short: Readonly<Record<string, string>> = {
  [String.raw`/\B(?=(\d{3})+$)/g`]: 'digits of a number',
  [String.raw`/[\\/]+$/`]: 'the home folders of the system',
  [String.raw`/^(.+) \((.+)\)$/`]: 'the name of an axis of a chart of this program',
}

/** Files whose patterns see only short texts. */
const shortIn: Readonly<Record<string, string>> = {
  'src-engine/query/complete.ts': 'a query before the cursor, of at most 10,000 characters',
}

/** Patterns that look worse than they are, since nothing after their repetitions can fail. They are measured like all others. */
const harmless: readonly string[] = [
  '/^[+\\-−]?(?:10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?:\\d(?:[\\d\u2009\u202f\u00a0]*\\d)?\\.?\\d*|\\.\\d+)'
    + '(?:e[+-]?\\d+|\\s?[×·]\\s?10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)/i',
  String.raw`/^([^?]*)\??(.*)$/s`,
]

/** The patterns that a function makes. */
function madeBy(make: () => unknown): RegExp[] {
  const Original = RegExp
  const made: RegExp[] = []
  globalThis.RegExp = new Proxy(Original, {
    construct(target, parts: [string, string?]) {
      made.push(new target(...parts))
      return made.at(-1)!
    },
  })
  try {
    make()
  } finally {
    globalThis.RegExp = Original
  }
  return made
}

/** Patterns that are put together later than their file is loaded: what makes some, or why none sees a text from outside. */
const madeLater: Readonly<Record<string, string | (() => unknown)>> = {
  'src-main/app/log/redact.ts': () => createRedactor({ homes: ['/home/a user', 'C:\\Users\\Ä. (b)'], name: 'a user' }),
  'src-main/runs/memory-room.ts': 'the status of this process, which Linux writes',
}

const folders = ['src-engine', 'src-main', 'src-renderer']
const later = Object.entries(madeLater).flatMap(([place, make]) => (typeof make === 'string' ? [] : madeBy(make).map((regex) => ({ place, regex }))))
const found = [...patternsOf(root, folders), ...patternsMadeOfParts(root, folders), ...later]
const patterns = [...new Map(found.map((pattern) => [String(pattern.regex), pattern])).values()]
const isShort = ({ place, regex }: Pattern) => Object.hasOwn(short, String(regex)) || Object.hasOwn(shortIn, place)
const measured = patterns.filter((pattern) => !isShort(pattern))

test('finds the patterns of the sources, and every short one', () => {
  expect(patterns.length).toBeGreaterThan(100)
  expect(new Set(patterns.map(({ place }) => place))).toContain('src-engine/data/numbers.ts')
  expect(Object.keys(shortIn).filter((file) => !patterns.some(({ place }) => place === file))).toEqual([])
  expect(Object.keys(short).filter((known) => !patterns.some(({ regex }) => String(regex) === known))).toEqual([])
})

test('sees every pattern: none is made elsewhere, and none is in a template', () => {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,vue}`, { cwd: root })).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
  const seen = new Set(found.map(({ place }) => place.replace(/:\d+$/, '')))
  const makers = files.filter(({ text }) => /\bRegExp\s*\(/.test(text)).map(({ file }) => file)
  expect(makers.filter((file) => !seen.has(file) && !Object.hasOwn(madeLater, file))).toEqual([])
  expect(files.filter(({ text }) => /(?<!new )\bRegExp\(/.test(text)).map(({ file }) => file)).toEqual([])
  // A text in place of a pattern is made one: '(a+)+$'.
  expect(files.filter(({ text }) => /[.](?:match|matchAll|search)\(\s*['"`]/.test(text)).map(({ file }) => file)).toEqual([])
  const templates = files.filter(({ file }) => file.endsWith('.vue')).map(({ file, text }) => ({ file, text: /^<template>[^]*/m.exec(text)?.[0] ?? '' }))
  const hasPattern = (text: string) => /[(=,:&|!?]\s*\/[^/\n"*]+\/[gimsuy]*[.,)]/.test(text)
  expect(templates.filter(({ text }) => hasPattern(text)).map(({ file }) => file)).toEqual([])
})

test('every pattern over long texts is linear by construction', () => {
  const risky = measured.filter(({ regex }) => !harmless.includes(String(regex)))
  const judged = risky.map(({ place, regex }) => ({ place, regex: String(regex), risks: risksOf(regex) }))
  expect(judged.filter(({ risks }) => risks.length > 0)).toEqual([])
})

const FIRST = 2 ** 12
const LAST = 2 ** 20
/** Below, a measurement tells nothing. */
const LEAST_MS = 60
const LONGEST_MS = 3000
/** For a machine that has much else to do. */
const TIMEOUT_MS = 300_000

/** Processor time of this thread, since other work may take the processor. */
function msOf(regex: RegExp, text: string): number {
  const started = process.threadCpuUsage()
  text.search(regex)
  const { user, system } = process.threadCpuUsage(started)
  return (user + system) / 1000
}

/** The length at which four times the text takes more than ten times as long, as quadratic patterns do, or much too long. Else null. */
function lengthTooSlow(regex: RegExp, attack: (length: number) => string): number | null {
  let before = Infinity
  for (let length = FIRST; length <= LAST; length *= 4) {
    const text = attack(length)
    const isSlow = (ms: number) => ms > LONGEST_MS || (ms > LEAST_MS && ms > 10 * before)
    let ms = msOf(regex, text)
    if (isSlow(ms)) ms = Math.min(ms, msOf(regex, text))
    if (isSlow(ms)) return length
    before = ms
  }
  return null
}

test('every pattern over long texts takes time in proportion to the text, up to 1 MB', () => {
  const slow = measured.flatMap(({ place, regex }) => attacksOn(regex).flatMap((attack) => {
    const length = lengthTooSlow(regex, attack)
    return length === null ? [] : [`${place} ${String(regex)}: ${JSON.stringify(attack(4))} at ${length}`]
  }))
  expect(slow).toEqual([])
}, TIMEOUT_MS)

test.each([/(a+)+$/, /^(\d+\.?\d*)x/, /\s+$/, /^(a|b+)*c/, /^\s*\s*x/])('the construction of %s is found', (regex) => {
  expect(risksOf(regex)).not.toEqual([])
})

test.each([/^(\d+\.?\d*)x/, /\s+$/, /^\s*\s*x/])('the time of %s is found', (regex) => {
  expect(attacksOn(regex).some((attack) => lengthTooSlow(regex, attack) !== null)).toBe(true)
}, TIMEOUT_MS)
