import { expect, test } from 'vitest'
import { formatRelative, sentence } from '../../../../src-renderer/components/format.ts'

test.each([
  ['2026-11-23T22:19:50Z', 'just now'], ['2026-11-23T22:15:00Z', '5 min ago'], ['2026-11-23T19:00:00Z', '3 h ago'],
  ['2026-11-22T20:00:00Z', 'yesterday'], ['2026-11-12T12:00:00Z', '12 Nov'], ['2025-11-12T12:00:00Z', '12 Nov 2025'],
  ['2026-11-23T22:20:40Z', 'just now'], ['2036-11-12T12:00:00Z', '12 Nov 2036'],
])('%s is %s', (iso, text) => expect(formatRelative(iso, Date.parse('2026-11-23T22:20:00Z'))).toBe(text))

test.each([
  ['the library may only be read', 'The library may only be read.'], ['It ended.', 'It ended.'], ['full (ENOSPC)', 'Full (ENOSPC).'], ['what? ', 'What?'], ['', ''],
])('%j is the sentence %j', (text, whole) => expect(sentence(text)).toBe(whole))
