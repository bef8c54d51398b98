import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration } from '../../../../src-engine/format/durations.ts'
import { formatBytes, formatRoughBytes } from '../../../../src-engine/format/sizes.ts'
import { counted } from '../../../../src-engine/format/words.ts'

test.each([
  [0.0142, '14.2 ms'], [0.9996, '1.0 s'], [12.34, '12.3 s'], [59.96, '1 min 00 s'], [92, '1 min 32 s'], [3599.7, '1 h 00 min'],
  [3840, '1 h 04 min'], [7199, '2 h 00 min'], [0, '0 ms'], [null, '–'], [Infinity, '–'],
])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

test.each([
  [0, '0 B'], [999, '999 B'], [1234, '1.2 kB'], [999_999, '1.0 MB'], [1_234_567_890, '1.2 GB'], [20e9, '20 GB'], [5e15, '5000 TB'], [-3, '0 B'],
])('%d B is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

test.each([[0, 'about 0 B'], [575_900, 'about 580 kB'], [12_345_678, 'about 12 MB'], [1_249_000_000, 'about 1.2 GB']])(
  'an estimate of %d B is %s', (bytes, text) => expect(formatRoughBytes(bytes)).toBe(text))

test('a size below 1000 TB never has more than 8 characters', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 9.9e14, noNaN: true }), (bytes) => {
    expect(formatBytes(bytes).length).toBeLessThanOrEqual(8)
  }))
})

test.each([[0, '0 runs'], [1, '1 run'], [12_345, '12\u202f345 runs']])('%d are %s', (count, text) => expect(counted(count, 'run')).toBe(text))
