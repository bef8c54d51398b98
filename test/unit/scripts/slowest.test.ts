import { expect, test } from 'vitest'
import { playwrightTimes, slowestLines, vitestTimes } from '../../../scripts/results/slowest.ts'

test('names the slowest tests of both runners, slowest first', () => {
  const vitest = vitestTimes({
    testResults: [{
      name: '/house/test/unit/a.test.ts',
      assertionResults: [{ fullName: 'quick', duration: 3 }, { fullName: 'slow', duration: 12_340 }, { fullName: 'skipped', duration: null }],
    }],
  }, '/house')
  const playwright = playwrightTimes({
    suites: [{
      title: 'run.spec.ts',
      specs: [{ title: 'opens', file: 'run.spec.ts', tests: [{ results: [{ duration: 900 }] }] }],
      suites: [{
        title: 'a run', specs: [{ title: 'ends', file: 'run.spec.ts', tests: [{ results: [{ duration: 20_000 }, { duration: 5_060 }] }] }],
      }],
    }],
  })
  expect(slowestLines([...vitest, ...playwright], 3)).toEqual([
    '  25.1 s  run.spec.ts › ends',
    '  12.3 s  test/unit/a.test.ts › slow',
    '   0.9 s  run.spec.ts › opens',
  ])
})
