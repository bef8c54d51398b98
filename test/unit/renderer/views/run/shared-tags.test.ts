import { expect, test } from 'vitest'
import { otherTagsText, sharedTags } from '../../../../../src-renderer/views/run/shared-tags.ts'

test('tags that all runs have are shared, in any case of letters, and the others are counted', () => {
  const { shared, others } = sharedTags([['Paper', 'draft'], ['paper', 'draft', 'old'], ['new', 'paper']])
  expect(shared).toEqual(['Paper'])
  expect(others).toEqual([{ tag: 'draft', runs: 2 }, { tag: 'old', runs: 1 }, { tag: 'new', runs: 1 }])
  expect(otherTagsText(others)).toBe('Some runs also have: draft (2 runs), old (1 run), new (1 run).')
  expect(sharedTags([['a'], []])).toEqual({ shared: [], others: [{ tag: 'a', runs: 1 }] })
  expect(otherTagsText([])).toBe('')
})
