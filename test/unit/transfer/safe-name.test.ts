import fc from 'fast-check'
import { basename, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { safeFileName } from '../../../src-main/transfer/safe-name.ts'

it.for([
  ['loss.svg', 'loss.svg'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\windows\\x', 'C__windows_x'],
  ['CON', '_CON'],
  ['lpt1.csv', '_lpt1.csv'],
  ['con .txt', '_con .txt'],
  ['console.txt', 'console.txt'],
  ['trailing. . ', 'trailing'],
  ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
  ['a\u200Bb\u0000c', 'a_b_c'],
  ['', 'unnamed'],
  ['..', 'unnamed'],
  ['µS gegen Zeit.csv', 'µS gegen Zeit.csv'],
])('converts %j to %j', ([text, expected]) => {
  expect(safeFileName(text!)).toBe(expected)
})

it('shortens a long name without splitting characters, and keeps its extension', () => {
  const name = safeFileName(`${'😀'.repeat(300)}.json`)
  expect(name).toMatch(/^(😀)+\.json$/u)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
})

it('any text gives a short, idempotent name inside the folder', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
    const name = safeFileName(text)
    expect(resolve(join('/folder', name))).toBe(`/folder/${basename(name)}`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(121)
    expect(name).not.toMatch(/[/\\:*?"<>|]|\p{Cc}|\p{Cf}|^[\s.]|[\s.]$/u)
    expect(safeFileName(name)).toBe(name)
  }))
})
