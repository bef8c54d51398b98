import { expect, test } from 'vitest'
import { isAllowedLink } from '../../../src-main/desktop/external-links.ts'

test.each(['https://arxiv.org/abs/2108.01804', 'https://doi.org/10.1063/1.5042408'])('allows %s', (address) => {
  expect(isAllowedLink(address)).toBe(true)
})

test.each([
  'http://arxiv.org/',
  'https://arxiv.org.example.com/',
  'https://example.com/arxiv.org',
  'https://user:word@arxiv.org/',
  'https://arxiv.org:8443/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'chalcogen://app/index.html',
  'arxiv.org',
  '',
])('blocks %j', (address) => {
  expect(isAllowedLink(address)).toBe(false)
})
