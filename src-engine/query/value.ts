import { readNumber } from '../format/read-number.ts'
import { listed } from '../format/words.ts'
import { nearest } from '../experiment/nearest.ts'
import { oneOf } from '../experiment/problem.ts'
import type { NameKind, QueryName } from './name.ts'
import { QueryRefusal, type Scanner, type Token } from './scanner.ts'
import { readTime } from './time.ts'
import { type Operator, type Place, type QueryValue, quoted } from './tree.ts'
import { converted, unitMeant, unitOf, unitsLike } from './units.ts'

const ordered = ['=', '!=', '<', '<=', '>', '>='] as const
const textual = ['=', '!=', ':'] as const

/** Operators that each kind of value has, and what it is called. */
export const kinds: Readonly<Record<NameKind, { operators: readonly Operator[]; called: string }>> = {
  number: { operators: ordered, called: 'a number' },
  time: { operators: ordered, called: 'a time' },
  text: { operators: textual, called: 'a text' },
  choice: { operators: textual, called: 'a choice' },
  list: { operators: textual, called: 'a list of texts' },
  flag: { operators: ['=', '!='], called: 'true or false' },
}

/** Refuses an operator that the kind of a name does not have. */
export function requireOperator({ name, kind }: QueryName, operator: Operator, place: Place): void {
  const { operators, called } = kinds[kind]
  if (operators.includes(operator)) return
  throw new QueryRefusal(place, `${operator} cannot be used with ${name}, which is ${called}. Use ${oneOf(operators)}.`)
}

/** Reads the value after an operator. */
export function readValue(scanner: Scanner, name: QueryName, operator: Operator): QueryValue {
  const { from } = scanner
  if (scanner.rest() === '') throw new QueryRefusal({ from, length: 0 }, `A value is missing after ${operator}. ${exampleOf(name)}`)
  if (name.kind === 'number') return { kind: 'number', number: readAmount(scanner, name) }
  if (name.kind === 'time') return readMoment(scanner, name)
  const token = scanner.value()
  if (token.kind !== 'word' && token.kind !== 'quoted') throw new QueryRefusal(token, `A value is missing after ${operator}. ${exampleOf(name)}`)
  if (name.kind === 'flag') return readFlag(token, name)
  const isFree = name.kind === 'text' || Object.keys(name.choices).length === 0
  return { kind: 'text', text: isFree ? requireText(token, name, operator) : choiceOf(token, name, operator) }
}

type TextToken = Extract<Token, { text: string }>

/** A piece of nothing is in every text. */
function requireText(token: TextToken, { name }: QueryName, operator: Operator): string {
  if (token.text === '' && operator === ':') throw new QueryRefusal(token, `The text after : is empty. Use ${name} = "" for runs without one.`)
  return token.text
}

function readFlag(token: TextToken, { name }: QueryName): QueryValue {
  const text = token.text.toLowerCase()
  if (text === 'true' || text === 'false') return { kind: 'flag', flag: text === 'true' }
  throw new QueryRefusal(token, `${name} is true or false. Found ${token.text}.`)
}

/** The identifier of a choice, by itself or by its title; after a colon, also a part of one. */
function choiceOf(token: TextToken, { name, choices }: QueryName, operator: Operator): string {
  const text = token.text.toLowerCase()
  const found = Object.entries(choices).find((entry) => entry.some((one) => one.toLowerCase() === text))
  if (found) return found[0]
  const part = text === '' ? undefined : Object.entries(choices).find((entry) => entry.some((one) => one.toLowerCase().includes(text)))?.[0]
  if (operator === ':' && part !== undefined) return token.text
  const meant = part ?? nearest(text, Object.keys(choices))
  const allowed = meant === null ? `Use ${oneOf(Object.keys(choices).map(shown))}` : `Did you mean ${shown(meant)}`
  throw new QueryRefusal(token, `${name} has no value ${token.text === '' ? '""' : token.text}. ${allowed}${meant === null ? '.' : '?'}`, meant && shown(meant))
}

/** As it must be typed. */
export const shown = (text: string) => (/^[^\s()"“”„<>=≤≥≠!]+$/.test(text) ? text : quoted(text))

const NUMBER = new RegExp('^[+\\-−]?(?:10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?:\\d(?:[\\d\u2009\u202f\u00a0]*\\d)?\\.?\\d*|\\.\\d+)'
  + '(?:e[+-]?\\d+|\\s?[×·]\\s?10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)', 'i')
const WORD = /^[^\s()"“”„<>=≤≥≠:!]+/

/** A number with or without a unit, in the unit of the name. */
function readAmount(scanner: Scanner, name: QueryName): number {
  const { from } = scanner
  const rest = scanner.rest()
  const [digits = ''] = NUMBER.exec(rest) ?? []
  const [glued = ''] = WORD.exec(rest.slice(digits.length)) ?? []
  const place = { from, length: digits.length + glued.length }
  const value = readNumber(digits)
  requireSpelling(glued, { from: from + digits.length, length: glued.length })
  if (value === null || (glued !== '' && unitOf(glued) === null)) throw noNumber(scanner, name)
  scanner.take(place.length)
  if (glued !== '') return inUnit(value, glued, name, { from: from + digits.length, length: glued.length })
  const unit = unitAfter(scanner)
  if (unit === null) refuseDigits(scanner, digits)
  return unit === null ? value : inUnit(value, unit.text, name, unit)
}

/** Takes the next word if it is a unit, unless it is a name with an operator, as `epochs` may be. */
function unitAfter(scanner: Scanner): TextToken | null {
  const { from } = scanner
  const text = WORD.exec(scanner.rest())?.[0]
  if (text === undefined || /^\s*[<>=≤≥≠:!]/.test(scanner.rest().slice(text.length))) return null
  requireSpelling(text, { from, length: text.length })
  if (unitOf(text) === null) return null
  scanner.take(text.length)
  return { kind: 'word', text, from, length: text.length }
}

/** The end of '12 345' must not be searched for as a text. */
function refuseDigits(scanner: Scanner, before: string): void {
  const { from } = scanner
  const [digits] = /^\d+(?![^\s()])/.exec(scanner.rest()) ?? []
  if (digits === undefined) return
  throw new QueryRefusal({ from, length: digits.length }, `A number follows another one. Write ${before}${digits}, or put the text in quotes: "${digits}".`)
}

/** A unit that is spelled in another way must not be searched for as a text. */
function requireSpelling(text: string, place: Place): void {
  const unit = unitMeant(text)
  if (unit !== null) throw new QueryRefusal(place, `Write ${unit} instead of ${text}. To search for the text, put it in quotes: "${text}".`, unit)
}

function inUnit(value: number, unit: string, { name, unit: own }: QueryName, place: Place): number {
  const result = converted(value, unitOf(unit)!, own)
  if (result !== null) return result
  const allowed = own === null ? `${name} has no unit.` : `${name} is in ${own}. Use ${oneOf(unitsLike(own))}.`
  throw new QueryRefusal(place, `${allowed} To search for the text, put it in quotes: "${unit}".`)
}

function noNumber(scanner: Scanner, name: QueryName): QueryRefusal {
  const token = scanner.value()
  const text = scanner.query.slice(token.from, token.from + token.length)
  if (text === '') return new QueryRefusal(token, `A number is missing. ${exampleOf(name)}`)
  const point = /^[+\-−]?\d+,\d+/.test(text) ? text.replace(',', '.') : null
  const rule = point === null ? exampleOf(name) : `Write a point for the decimals: ${point}.`
  return new QueryRefusal(token, `${name.name} is a number. Found ${text}. ${rule}`, point)
}

function readMoment(scanner: Scanner, name: QueryName): QueryValue {
  const place = scanner.from
  const [open = ''] = /^["“”„]/.exec(scanner.rest()) ?? []
  const token = open === '' ? null : scanner.value()
  const text = token === null ? scanner.rest() : (token as TextToken).text.trim()
  const read = readTime(text)
  if (read !== null && (token === null ? isEnd(text.slice(read.length)) : read.length === text.length)) {
    if (token === null) scanner.take(read.length)
    return { kind: 'time', time: read.time }
  }
  const bad = token ?? scanner.value()
  const found = scanner.query.slice(bad.from, bad.from + bad.length)
  throw new QueryRefusal({ from: place, length: bad.length }, `${name.name} is a time. Found ${found === '' ? 'nothing' : found}. ${exampleOf(name)}`)
}

const isEnd = (rest: string) => rest === '' || /^[\s()]/.test(rest)

/** How to compare a name: 'Write for example seed = 42.' */
export function exampleOf(name: QueryName): string {
  return `Write for example ${exampleFor(name)}.`
}

function exampleFor({ name, kind, unit, choices }: QueryName): string {
  const [first] = Object.keys(choices)
  switch (kind) {
    case 'number': return `${name} > ${unit === null ? 1 : `1 ${unit}`}`
    case 'time': return `${name} > 2026-11-01 or ${name} > 2026-11-01T12:30`
    case 'flag': return `${name} = true`
    case 'list': return `${name}:${shown(first ?? 'paper')}`
    default: return `${name} = ${shown(first ?? 'example')}`
  }
}

/** 'a, b and c' of what a name can be compared with, for its documentation. */
export const operatorsText = ({ kind }: Pick<QueryName, 'kind'>) => listed(kinds[kind].operators, 'and')
