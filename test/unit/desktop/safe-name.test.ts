import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName } from '../../../src-main/desktop/safe-name.ts'

test.each([
  ['loss of run 7', 'loss of run 7'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['C:\\x', 'C--x'],
  ['CON', '_CON'],
  ['con.svg', '_con.svg'],
  ['..', 'untitled'],
  ['', 'untitled'],
  ['a\u202etxt', 'a-txt'],
  ['tab\there\0', 'tab-here-'],
  ['µS and Ångström', 'µS and Ångström'],
])('%j becomes %j', (text, name) => {
  expect(safeName(text)).toBe(name)
})

test('of any text a name in its folder', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
    const name = safeName(text)
    expect(name).toMatch(/^[^/\\:\0]{1,101}$/u)
    expect(name).not.toMatch(/^\.|\.$/)
  }))
})
