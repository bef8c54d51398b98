import { adviceOn, nameOf, namesCalled } from './names.ts'
import { oneOf } from '../experiment/problem.ts'
import { type QueryError, QueryRefusal, Scanner, type Token } from './scanner.ts'
import { type Operator, type Place, type Query, quoted } from './tree.ts'
import { exampleOf, readValue, requireOperator } from './value.ts'

export type Parsed =
  /** Null finds every run. */
  | { ok: true; query: Query | null }
  | { ok: false; error: QueryError }

/** A longer text is no query that a person has typed. */
const LONGEST = 5000
/** Parentheses and `not` within one another. */
const DEEPEST = 100
const MOST_CONDITIONS = 200

/**
 * Reads a query: comparisons and texts with `and`, `or`, `not` and parentheses. `and` may be left out and comes before `or`.
 * @returns the tree, or the first error with its place
 */
export function parseQuery(text: string): Parsed {
  try {
    if (text.length > LONGEST) throw new QueryRefusal({ from: LONGEST, length: text.length - LONGEST }, `The query has more than ${LONGEST} characters.`)
    return { ok: true, query: new Parser(text).whole() }
  } catch (error) {
    if (error instanceof QueryRefusal) return { ok: false, error: error.error }
    throw error
  }
}

type WordToken = Extract<Token, { text: string }>

class Parser {
  readonly #scanner: Scanner
  #depth = 0
  #conditionCount = 0
  /** The last word that is searched as text. */
  #lastWord: WordToken | null = null
  constructor(query: string) {
    this.#scanner = new Scanner(query)
  }

  whole(): Query | null {
    if (this.#scanner.peek().kind === 'end') return null
    const query = this.#alternatives()
    const token = this.#scanner.peek()
    if (token.kind === ')') throw new QueryRefusal(token, 'This parenthesis closes nothing. Remove it, or add one that opens.')
    return query
  }

  #alternatives(): Query {
    const parts = [this.#conditions()]
    while (this.#takes('or')) parts.push(this.#conditions())
    return joined('or', parts)
  }

  #conditions(): Query {
    const parts = [this.#condition()]
    while (this.#takes('and') || !isEnd(this.#scanner.peek())) parts.push(this.#condition())
    return joined('and', parts)
  }

  #condition(): Query {
    if (++this.#depth > DEEPEST) throw new QueryRefusal(this.#scanner.peek(), `More than ${DEEPEST} parentheses are within one another.`)
    try {
      return this.#one()
    } finally {
      this.#depth--
    }
  }

  #one(): Query {
    const token = this.#scanner.next()
    if (token.kind !== '(' && ++this.#conditionCount > MOST_CONDITIONS) throw new QueryRefusal(token, `The query has more than ${MOST_CONDITIONS} conditions.`)
    switch (token.kind) {
      case '(': return this.#group(token)
      case 'quoted': return this.#quoted(token)
      case 'word': return this.#word(token)
      case 'operator': throw new QueryRefusal(token, `A name is missing before ${token.operator}. Write for example seed = 42.`)
      default: throw new QueryRefusal(token, token.kind === ')' ? 'A condition is missing before the parenthesis.' : 'A condition is missing at the end.')
    }
  }

  #group(open: Token): Query {
    const query = this.#alternatives()
    const close = this.#scanner.next()
    if (close.kind !== ')') throw new QueryRefusal(open, 'This parenthesis is not closed. Add ) after the condition.')
    return query
  }

  #quoted(token: WordToken): Query {
    const { text, from, length } = token
    const next = this.#scanner.peek()
    if (next.kind === 'operator') throw new QueryRefusal(token, `A text in quotes is no name. Write a name before ${next.operator}, or remove it.`)
    if (text === '') throw new QueryRefusal(token, 'There is no text between the quotes.')
    return { kind: 'text', text, from, length }
  }

  #word(token: WordToken): Query {
    const { text, from, length } = token
    const keyword = keywordOf(token)
    if (keyword === 'not') return this.#not(token)
    if (keyword !== null) throw new QueryRefusal(token, `A condition is missing before ${keyword}. To search for the word, put it in quotes: "${text}".`)
    const sign = this.#scanner.peek()
    if (sign.kind === 'operator') return this.#comparison(token, sign)
    if (nameOf(text) !== null) return this.#alone(token)
    this.#lastWord = token
    return { kind: 'text', text, from, length }
  }

  #not(token: Token): Query {
    const part = this.#condition()
    return { kind: 'not', part, ...span(token, part) }
  }

  /** A name without a comparison is one that is true or false. */
  #alone(token: WordToken): Query {
    const { text, from, length } = token
    const name = nameOf(text)!
    if (name.kind === 'flag') return { kind: 'comparison', name: name.name, operator: '=', value: { kind: 'flag', flag: true }, from, length }
    throw new QueryRefusal(token, `Nothing is compared with ${name.name}. ${exampleOf(name)} To search for the word, put it in quotes: "${text}".`)
  }

  #comparison(token: WordToken, sign: Place & { operator: Operator }): Query {
    const name = nameOf(token.text)
    if (name === null) throw unknownName(token, this.#scanner.query.slice(token.from))
    this.#refuseTitle(token)
    this.#scanner.next()
    requireOperator(name, sign.operator, sign)
    const value = readValue(this.#scanner, name, sign.operator)
    const next = this.#scanner.peek()
    if (next.kind === 'operator') throw new QueryRefusal(next, `A name is missing before ${next.operator}. Join two comparisons with and, such as seed > 1 and seed < 5.`)
    const { from } = token
    const length = this.#scanner.query.slice(from, next.from).trimEnd().length
    return { kind: 'comparison', name: name.name, operator: sign.operator, value, from, length }
  }

  /** Refuses 'learning rate > 0.001', in which rate is the firing rate. */
  #refuseTitle(token: WordToken): void {
    const before = this.#lastWord
    if (before === null || this.#scanner.query.slice(before.from + before.length, token.from).trim() !== '') return
    const called = namesCalled(`${before.text} ${token.text}`)
    if (called.length === 0) return
    throw new QueryRefusal(span(before, token), `${before.text} ${token.text} is no name. Did you mean ${oneOf(called)}? `
      + `To search for ${before.text} too, put it in quotes: "${before.text}".`, called.length === 1 ? called[0]! : null)
  }

  #takes(keyword: 'and' | 'or'): boolean {
    const token = this.#scanner.peek()
    if (keywordOf(token) !== keyword) return false
    this.#scanner.next()
    const after = this.#scanner.peek()
    const other = keywordOf(after)
    if (other === 'and' || other === 'or' || after.kind === 'end' || after.kind === ')') {
      throw new QueryRefusal(token, `A condition is missing after ${keyword}.`)
    }
    return true
  }
}

const isEnd = (token: Token) => token.kind === 'end' || token.kind === ')' || keywordOf(token) === 'or' || keywordOf(token) === 'and'

function keywordOf(token: Token): 'and' | 'or' | 'not' | null {
  const text = token.kind === 'word' ? token.text.toLowerCase() : ''
  return text === 'and' || text === 'or' || text === 'not' ? text : null
}

function joined(kind: 'and' | 'or', parts: Query[]): Query {
  const [first] = parts
  return parts.length === 1 ? first! : { kind, parts, ...span(first!, parts[parts.length - 1]!) }
}

const span = (first: Place, last: Place): Place => ({ from: first.from, length: last.from + last.length - first.from })

/** @param rest of the query, from the word on */
function unknownName(token: WordToken, rest: string): QueryRefusal {
  const text = quoted(/^\S+/.exec(rest)![0])
  const { advice, meant } = adviceOn(token.text)
  const rule = advice === null ? `Check the spelling, or put the text in quotes: ${text}.` : `${advice} To search for the text, put it in quotes: ${text}.`
  return new QueryRefusal(token, `There is no name ${token.text}. ${rule}`, meant)
}
