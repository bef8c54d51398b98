import { expect, test } from 'vitest'
import { pagesFrom } from '../../../src-main/desktop/origin.ts'

test('built pages use our own scheme', () => {
  expect(pagesFrom(undefined)).toEqual({ origin: 'chalcogen://app', start: 'chalcogen://app/index.html' })
})

test('development pages come only from the development server', () => {
  expect(pagesFrom('http://localhost:5173/')).toEqual({ origin: 'http://localhost:5173', start: 'http://localhost:5173/' })
})
