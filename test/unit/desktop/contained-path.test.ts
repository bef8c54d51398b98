import fc from 'fast-check'
import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { containedPath } from '../../../src-main/desktop/contained-path.ts'

const root = `${sep}srv${sep}pages`

test('finds a file below the root and decodes its name', () => {
  expect(containedPath(root, '/assets/a%20b.js')).toBe(`${root}${sep}assets${sep}a b.js`)
})

test.each([
  ['up', '/../secret'],
  ['up, encoded', '/..%2fsecret'],
  ['up, encoded dots', '/%2e%2e/secret'],
  ['up with a backslash', '/..%5csecret'],
  ['a sibling folder with the same prefix', '/../pages-of-others/x'],
  ['the root itself', '/'],
  ['a zero byte', '/index.html%00.js'],
  ['a broken escape', '/%e0%a4%a'],
])('refuses a path that is: %s', (_what, path) => {
  expect(containedPath(root, path)).toBeNull()
})

test('no path leaves the root', () => {
  const segment = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', 'a', '', '..%2f', '%252e', 'C:')
  fc.assert(fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
    const file = containedPath(root, `/${segments.join('/')}`)
    expect(file === null || file.startsWith(root + sep)).toBe(true)
  }))
})
