/** A value of a Python literal: text, number, truth, None, list or tuple, or dictionary. */
export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal }

/** Deeper than any header. */
const MOST_DEPTH = 16

/**
 * Parses the literal that numpy writes as a header, of Python 2 and 3: both quotation marks, prefixes such as u'', and long integers such
 * as 60L. It takes linear time.
 * @returns undefined if the text is none
 */
export function parseLiteral(text: string): Literal | undefined {
  try {
    return new Parser(text).whole()
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const TOKEN = new RegExp([
  /([bBuU]?)'([^'\\]*(?:\\.[^'\\]*)*)'/, /([bBuU]?)"([^"\\]*(?:\\.[^"\\]*)*)"/,
  /([+-]?\d+)[lL]?/, /(True|False|None)/, /([[\](){}:,])/,
].map(({ source }) => source).join('|'), 'y')
const SPACE = /\s*/y

class Parser {
  readonly #text: string
  #at = 0
  #token: { value: string | number | boolean | null } | { sign: string } | null = null

  constructor(text: string) {
    this.#text = text
    this.#advance()
  }

  whole(): Literal {
    const value = this.#value(0)
    if (this.#token !== null) throw new SyntaxError('more text')
    return value
  }

  #advance(): void {
    SPACE.lastIndex = this.#at
    SPACE.test(this.#text)
    TOKEN.lastIndex = SPACE.lastIndex
    const match = TOKEN.exec(this.#text)
    if (match === null) {
      // NULs fill what is left of a header.
      if (/[^\s\0]/.test(this.#text.slice(this.#at))) throw new SyntaxError('unknown text')
      this.#token = null
      return
    }
    this.#at = TOKEN.lastIndex
    const [, , single, , double, whole, word, sign] = match
    if (sign !== undefined) this.#token = { sign }
    else this.#token = { value: single ?? double ?? (whole === undefined ? { True: true, False: false, None: null }[word as 'True'] ?? null : Number(whole)) }
  }

  #skip(sign: string): boolean {
    if (this.#token === null || !('sign' in this.#token) || this.#token.sign !== sign) return false
    this.#advance()
    return true
  }

  #value(depth: number): Literal {
    if (depth > MOST_DEPTH || this.#token === null) throw new SyntaxError('no value')
    if ('value' in this.#token) {
      const { value } = this.#token
      this.#advance()
      return value
    }
    if (this.#skip('{')) return this.#dictionary(depth)
    if (this.#skip('[')) return this.#list(']', depth)
    if (this.#skip('(')) return this.#list(')', depth)
    throw new SyntaxError('no value')
  }

  #list(end: string, depth: number): Literal[] {
    const values: Literal[] = []
    while (!this.#skip(end)) {
      values.push(this.#value(depth + 1))
      if (!this.#skip(',') && !this.#isAt(end)) throw new SyntaxError('no comma')
    }
    return values
  }

  #dictionary(depth: number): { [key: string]: Literal } {
    const entries: [string, Literal][] = []
    while (!this.#skip('}')) {
      const key = this.#value(depth + 1)
      if (typeof key !== 'string' || !this.#skip(':')) throw new SyntaxError('no key')
      entries.push([key, this.#value(depth + 1)])
      if (!this.#skip(',') && !this.#isAt('}')) throw new SyntaxError('no comma')
    }
    return Object.fromEntries(entries)
  }

  #isAt(sign: string): boolean {
    return this.#token !== null && 'sign' in this.#token && this.#token.sign === sign
  }
}
