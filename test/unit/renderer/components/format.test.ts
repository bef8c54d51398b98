import { describe, expect, test } from 'vitest'
import {
  counted, formatBytes, formatCount, formatDuration, formatNumber, formatRelative, sentence,
} from '../../../../src-renderer/components/format.ts'

const THIN = '\u202f'

describe('numbers in tables', () => {
  test.each([
    [0, '0'], [-0, '0'], [0.0123456, '0.0123'], [1.2345, '1.23'], [12.345, '12.3'], [123.45, '123'], [1234.5, '1235'],
    [12_345.6, `12${THIN}346`], [-0.5, '−0.500'], [2e-5, '2.00e−5'], [1.5e9, '1.50e9'],
    [NaN, 'NaN'], [Infinity, '∞'], [-Infinity, '−∞'], [null, '–'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text))

  test('counts keep all digits', () => {
    expect(formatCount(4_000_001)).toBe(`4${THIN}000${THIN}001`)
    expect(formatCount(1234)).toBe('1234')
    expect(formatCount(-12_345)).toBe(`−12${THIN}345`)
  })
})

test.each([
  [0.0142, '14.2 ms'], [12.34, '12.3 s'], [59.96, '1 min 00 s'], [92, '1 min 32 s'], [3840, '1 h 04 min'], [0, '0 ms'], [null, '–'],
])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

test.each([[0, '0 B'], [999, '999 B'], [1234, '1.2 kB'], [1_234_567_890, '1.2 GB'], [20e9, '20 GB'], [5e15, '5000 TB']])('%d B is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  ['2026-11-23T22:19:50Z', 'just now'], ['2026-11-23T22:15:00Z', '5 min ago'], ['2026-11-23T19:00:00Z', '3 h ago'],
  ['2026-11-22T20:00:00Z', 'yesterday'], ['2026-11-12T12:00:00Z', '12 Nov'], ['2025-11-12T12:00:00Z', '12 Nov 2025'],
])('%s is %s', (iso, text) => expect(formatRelative(iso, Date.parse('2026-11-23T22:20:00Z'))).toBe(text))

test.each([[0, '0 runs'], [1, '1 run'], [12_345, `12${THIN}345 runs`]])('%d are %s', (count, text) => expect(counted(count, 'run')).toBe(text))

test.each([
  ['the library may only be read', 'The library may only be read.'], ['It ended.', 'It ended.'], ['full (ENOSPC)', 'Full (ENOSPC).'], ['what? ', 'What?'], ['', ''],
])('%j is the sentence %j', (text, whole) => expect(sentence(text)).toBe(whole))
