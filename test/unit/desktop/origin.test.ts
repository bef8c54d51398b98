import { expect, test } from 'vitest'
import { pagesFrom } from '../../../src-main/desktop/origin.ts'

test('the built pages come from our own scheme', () => {
  expect(pagesFrom(undefined)).toEqual({ origin: 'chalcogen://app', start: 'chalcogen://app/index.html' })
})

test('in development they come from its server, and from there only', () => {
  expect(pagesFrom('http://localhost:5173/')).toEqual({ origin: 'http://localhost:5173', start: 'http://localhost:5173/' })
})
