import { expect, test } from 'vitest'
import { tagChange } from '../../../../../src-renderer/views/run/tag-change.ts'

test.each([
  [[], 'paper, draft', { addTags: ['paper', 'draft'], removeTags: [] }],
  [['paper'], ' paper ,, ', null],
  [['paper', 'old'], 'Paper, new, NEW', { addTags: ['new'], removeTags: ['old'] }],
  [['paper'], '', { addTags: [], removeTags: ['paper'] }],
])('%j with the text %j typed', (saved, typed, change) => {
  expect(tagChange(saved, typed)).toEqual(change)
})
