import { expect, it } from 'vitest'
import { environmentIn, type StoredRun } from '../../../../src-renderer/stores/runs.ts'

const environment = {
  application: '0.1.0', node: '24.0.0', electron: null, v8: '13.6', sqlite: '3.54.1', os: 'Linux 6.1 x64', cpu: 'a processor', cores: 2,
  engineDigest: 'ab'.repeat(32),
}

it('reads what computed a run whose spec cannot be read', () => {
  const run = (text: string) => ({ texts: { spec: '{', environment: text } }) as StoredRun
  expect(environmentIn(run(JSON.stringify(environment)))).toEqual(environment)
  expect(environmentIn(run('{'))).toBeNull()
  expect(environmentIn(run('{"application": 1}'))).toBeNull()
  expect(environmentIn({ environment } as StoredRun)).toBe(environment)
})
