import { expect, test } from 'vitest'
import { table } from '../../../src-main/cli/format.ts'
import { createOutput, toJson } from '../../../src-main/cli/output.ts'
import { Interruption } from '../../../src-main/cli/interruption.ts'
import { printable, printableText } from '../../../src-main/cli/printable.ts'

test.each([
  ['two\nlines', 'two\\nlines'],
  ['\u001b[2J\u001b[31mred', '\\u001b[2J\\u001b[31mred'],
  ['C1 \u009b31m', 'C1 \\u009b31m'],
  ['back\rto the start\t', 'back\\rto the start\\t'],
  ['gnp.\u202etxt', 'gnp.\\u202etxt'],
  ['a\u2028b', 'a\\u2028b'],
  ['größer als 1 µS · 日本 👩‍🔬', 'größer als 1 µS · 日本 👩‍🔬'],
])('writes hidden characters of %j as escapes', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('a table has one line per row, whatever its cells hold', () => {
  expect(table([['Name', 'Seed'], ['first\nsecond', '1'], ['\u001b[2J', '2']])).toBe(
    'Name           Seed\nfirst\\nsecond  1\n\\u001b[2J      2')
})

test('text keeps its lines and loses what paints the terminal', () => {
  expect(printableText('a\n\u001b[31mb')).toBe('a\n\\u001b[31mb')
})

test('messages, results and the last line of the terminal are printable', () => {
  let written = ''
  const write = (text: string) => { written += text }
  const output = createOutput({ isLive: false, writeOut: write, writeError: write }, false, new Interruption())
  output.say('said \u001b[2J')
  output.result(null, 'result \u001b[2J')
  output.result(null, null)
  output.overwrite('line \u001b[2J\n')
  expect(written).toBe('said \\u001b[2J\nresult \\u001b[2J\n\r\u001b[2Kline \\u001b[2J\\n')
})

test('JSON escapes hidden characters and stays the same document', () => {
  const document = { name: 'a\u009bb\u202ec\u001b\n', loss: NaN }
  const json = toJson(document)
  expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(JSON.parse(json)).toEqual({ ...document, loss: 'NaN' })
})

test('a document in pieces escapes hidden characters, too', async () => {
  let written = ''
  const write = (text: string) => { written += text }
  const output = createOutput({ isLive: false, writeOut: write, writeError: write }, true, new Interruption())
  await output.pieces(async function* () { yield '{ "name":'; yield '\n"a\u009bb" }' }())
  expect(written).toBe('{ "name":\n"a\\u009bb" }\n')
})
