import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvLine, type TextForm, writtenText } from '../../../../src-engine/format/written-text.ts'
import { hostileTexts } from '../../../fixtures/hostile/texts.ts'

const forms: readonly TextForm[] = ['terminal', 'csv', 'markdown', 'latex', 'xml', 'source']
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u
const anyText = fc.oneof(
  fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('=', ';', '"', ' ', '\t', '|', 'a', '\n', ',') }))

test.each(forms)('no hidden character leaves in %s', (form) => {
  fc.assert(fc.property(anyText, (text) => { expect(writtenText(text, form)).not.toMatch(HIDDEN) }))
})

describe('CSV', () => {
  test('no program sees a formula, whatever it splits at', () => {
    fc.assert(fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (texts) => {
      const line = csvLine(['first', ...texts, 'last'])
      for (const separator of [',', ';', '\t', '|']) {
        const quoted = Papa.parse<string[]>(line, { delimiter: separator }).data.flat()
        const unquoted = separator === ',' ? [] : line.split(separator)
        for (const cell of [...quoted, ...unquoted]) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/)
      }
    }), { numRuns: 500 })
  })

  test('reads back, except for marks and hidden characters, which are shown', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', ';', 'ü', "'") })
    fc.assert(fc.property(fc.array(plain, { minLength: 2 }), (texts) => { expect(Papa.parse(csvLine(texts), { delimiter: ',' }).data[0]).toEqual(texts) }))
    expect(csvLine(['a;=1;b', 'a=b -1', 'x\n\u001b', -0, null, 0.1 + 0.2])).toBe('"a;\'=1;b",a=b -1,x\\n\\u001b,-0,,0.30000000000000004\r\n')
  })

  test('takes time that grows with the text only', () => {
    const started = performance.now()
    for (const part of [' ', '"', ';', ' "', ';=']) writtenText(part.repeat(1_000_000), 'csv')
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

test('XML stays well-formed', () => {
  const [text] = ['a<b & "c" \u001b \ud800 \uffff'].map((each) => writtenText(each, 'xml'))
  expect(text).toBe('a&lt;b &amp; &quot;c&quot; \\u001b \ufffd \ufffd')
})

test('Markdown and LaTeX have no command of a text', () => {
  expect(writtenText('[x](http://x) `y`\n<b> \u202e', 'markdown')).toBe('\\[x\\](http://x) \\`y\\` \\<b\\> \\\\u202e')
  expect(writtenText('\\input{x}\n% \u001b', 'latex')).toBe('\\textbackslash{}input\\{x\\} \\% \\textbackslash{}u001b')
})

test('strings of Python and JSON stay the same text', () => {
  for (const text of hostileTexts) expect(JSON.parse(writtenText(text, 'source'))).toBe(text)
})
