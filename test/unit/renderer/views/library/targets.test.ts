import { expect, test } from 'vitest'
import { hiddenText } from '../../../../../src-renderer/views/library/targets.ts'

test.each([
  [1, 1, 'This run is out of sight.'],
  [2, 2, 'These runs are out of sight.'],
  [1, 3, '1 of these runs is out of sight.'],
  [2, 3, '2 of these runs are out of sight.'],
])('%i of %i', (hidden, all, text) => expect(hiddenText(hidden, all)).toBe(text))
