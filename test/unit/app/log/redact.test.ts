import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../../../src-main/app/log/redact.ts'

test.each([
  ['/home/maria', 'Library opened: /home/maria/.local/share/a.chalcogen', 'Library opened: ~/.local/share/a.chalcogen'],
  ['/home/maria', '/home/maria: no space', '~: no space'],
  ['/home/maria', '/home/maria2/x and /home/maria-old/x', '/home/maria2/x and /home/maria-old/x'],
  ['/home/maria/', 'file:///home/maria/x.js:3', 'file://~/x.js:3'],
  ['/home/maría', 'file:///home/mar%C3%ADa/x and /home/maría/x', 'file://~/x and ~/x'],
  ['C:\\Users\\Maria', 'c:\\users\\maria\\x, C:/Users/Maria/x, "C:\\\\Users\\\\Maria\\\\x"', '~\\x, ~/x, "~\\\\x"'],
  ['/', '/etc/passwd', '/etc/passwd'],
  ['', '/etc/passwd', '/etc/passwd'],
])('replaces the home %j', (home, text, redacted) => {
  expect(createRedactor({ homes: [home], name: '' })(text)).toBe(redacted)
})

test('replaces a home that is a link, what it leads to, and folders with the name of the user', () => {
  const redact = createRedactor({ homes: ['/home/maria', '/disk2/home/maria'], name: 'maria' })
  expect(redact('/disk2/home/maria/a /home/maria/b /media/maria/stick/c /media/mariana/d'))
    .toBe('~/a ~/b /media/user/stick/c /media/mariana/d')
})

test('no path in a home is left, wherever it stands in a text', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9._+()[\]$ -]{1,12}$/).filter((text) => !/^\.*$/.test(text))
  fc.assert(fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), fc.string(), fc.string(), (parts, before, after) => {
    const home = `/${parts.join('/')}`
    expect(createRedactor({ homes: [home], name: '' })(`${before}${home}/x ${after}`)).not.toContain(`${home}/x`)
  }))
})
