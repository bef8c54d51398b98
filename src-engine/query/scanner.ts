import { operators, type Operator, type Place } from './tree.ts'

/** What is wrong with a query, and where. */
export interface QueryError extends Place {
  /** Whole sentences: what was found, what is allowed, and what was probably meant. */
  message: string
  /** What to write in this place instead; null if that is not known. */
  suggestion: string | null
}

/** Thrown inside the parser, which returns it. */
export class QueryRefusal extends Error {
  readonly error: QueryError
  constructor({ from, length }: Place, message: string, suggestion: string | null = null) {
    super(message)
    this.error = { from, length, message, suggestion }
  }
}

export type Token =
  | { kind: 'word' | 'quoted'; text: string } & Place
  | { kind: 'operator'; operator: Operator } & Place
  | { kind: '(' | ')' } & Place
  | { kind: 'end' } & Place

const SPACES = /\s*/y
const QUOTES = '"“”„'
const QUOTED = /["“”„]((?:[^"“”„\\]|\\.)*)(["“”„]?)/ys
const OPERATOR = /(?:[<>=≤≥≠:]|!(?==))+/y
const WORD = /(?:[^\s()"“”„<>=≤≥≠:!]|!(?!=))+/y
/** A value may have colons, as a time and some names do. */
const VALUE = /(?:[^\s()"“”„<>=≤≥≠!]|!(?!=))+/y

const otherOperators: Readonly<Record<string, Operator>> = {
  '≤': '<=', '≥': '>=', '≠': '!=', '==': '=', '=<': '<=', '=>': '>=', '<>': '!=', '===': '=', '!==': '!=', '::': ':',
}
const accepted = new Set(['≤', '≥', '≠'])

/** Words of other languages for and, or and not. */
const otherWords: Readonly<Record<string, string>> = { '&&': 'and', '&': 'and', '||': 'or', '|': 'or', '!': 'not' }

/** Reads the tokens of a query one after another. */
export class Scanner {
  readonly query: string
  #at = 0
  constructor(query: string) {
    this.query = query
  }

  /** The next token, which stays the next one. */
  peek(): Token {
    const before = this.#at
    const token = this.next()
    this.#at = before
    return token
  }

  next(): Token {
    this.#match(SPACES)
    const from = this.#at
    const character = this.query[from]
    if (character === undefined) return { kind: 'end', from, length: 0 }
    if (character === '(' || character === ')') return { kind: character, ...this.#taken(1) }
    if (QUOTES.includes(character)) return this.#quoted()
    const sign = this.#match(OPERATOR)
    if (sign !== null) return { kind: 'operator', operator: operatorOf(sign, { from, length: sign.length }), from, length: sign.length }
    const text = this.#match(WORD)!
    const place = { from, length: text.length }
    const word = Object.hasOwn(otherWords, text) ? otherWords[text]! : null
    if (word !== null) throw new QueryRefusal(place, `Write ${word} instead of ${text}.`, word)
    if (text.startsWith('!')) throw new QueryRefusal(place, `Write not ${text.slice(1)} instead of ${text}.`, `not ${text.slice(1)}`)
    return { kind: 'word', text, ...place }
  }

  /** The value after an operator: text in quotes, or all up to the next space or sign. */
  value(): Token {
    this.#match(SPACES)
    const from = this.#at
    if (QUOTES.includes(this.query[from] ?? ' ')) return this.#quoted()
    const text = this.#match(VALUE)
    return text === null ? this.next() : { kind: 'word', text, from, length: text.length }
  }

  /** What is left, without spaces before it. */
  rest(): string {
    this.#match(SPACES)
    return this.query.slice(this.#at)
  }

  /** Where the next token begins. */
  get from(): number {
    this.#match(SPACES)
    return this.#at
  }

  /** Takes so many characters. */
  take(length: number): void {
    this.#at += length
  }

  #quoted(): Token {
    const from = this.#at
    QUOTED.lastIndex = from
    const [all, inside = '', end] = QUOTED.exec(this.query)!
    if (end === '') throw new QueryRefusal({ from, length: 1 }, 'This quote is not closed. Add another one after the text.')
    this.#at += all.length
    return { kind: 'quoted', text: inside.replace(/\\(.)/gs, '$1'), from, length: all.length }
  }

  #taken(length: number): Place {
    const from = this.#at
    this.#at += length
    return { from, length }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.query)
    if (match === null) return null
    this.#at += match[0].length
    return match[0]
  }
}

function operatorOf(sign: string, place: Place): Operator {
  if ((operators as readonly string[]).includes(sign)) return sign as Operator
  const meant = Object.hasOwn(otherOperators, sign) ? otherOperators[sign]! : null
  if (meant !== null && accepted.has(sign)) return meant
  throw new QueryRefusal(place, `There is no operator ${sign}. ${meant === null ? `Use one of ${operators.join(' ')}` : `Use ${meant}`}.`, meant)
}
