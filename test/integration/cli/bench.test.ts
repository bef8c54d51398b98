import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BenchReport } from '../../../src-main/bench/report.ts'
import type { Spread } from '../../../src-main/bench/spread.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { inProcess } from './program.ts'

const SLOW_MACHINE = 180_000

const chalcogen = (folder: string, ...args: string[]) => inProcess(args, folder, join(folder, 'library.chalcogen'))

const expectMeasured = (spread: Spread) => {
  for (const value of Object.values(spread)) expect(value).toBeGreaterThan(0)
  expect(spread.most).toBeLessThan(Infinity)
}

/** Checks that every part is measured. The speed depends on the machine. */
test('measures every part and leaves no files behind', { timeout: SLOW_MACHINE }, async () => {
  const folder = temporaryFolder()
  const { code, out, err } = await chalcogen(folder, 'bench', '--quick', '--neurons', '20,40', '--json')
  expect(code, err).toBe(0)
  const report = JSON.parse(out) as BenchReport
  expect(report).toMatchObject({ quick: true, environment: { cores: expect.any(Number), cpu: expect.any(String) } })
  expect(report.sequences.map(({ scheme, pairs, recurrentNeurons }) => [scheme, pairs, recurrentNeurons])).toEqual([
    ['fp32', 0, 20], ['fp32', 0, 40], ['mixed-precision', 1, 20], ['mixed-precision', 1, 40],
    ['multi-memristor', 4, 20], ['multi-memristor', 4, 40],
  ])
  for (const { secondsPerSequence, meanRateHz, pairs, readsPerSequence } of report.sequences) {
    expectMeasured(secondsPerSequence)
    expect(meanRateHz).toBeGreaterThan(0)
    expect(readsPerSequence > 0).toBe(pairs > 0)
  }
  expect(report.growth.map(({ from, to }) => [from, to])).toEqual([[20, 40], [20, 40], [20, 40]])
  expect(report.kernels.map(({ kernel }) => kernel)).toEqual(['addRunningTraces', 'gatherSpikes', 'normalPairs', 'readColumns'])
  for (const { rate } of report.kernels) expectMeasured(rate)
  const { library, workers, baseline } = report
  for (const spread of [library.snapshotsPerSecond, library.megabytesPerSecond, library.epochsPerSecond]) expectMeasured(spread)
  for (const spread of [workers.oneWorker, workers.twoWorkers, workers.ratio, workers.machineRatio]) expectMeasured(spread)
  if (baseline.missing === null) {
    expect(baseline.comparisons.map(({ scheme, form }) => `${scheme} ${form}`)).toEqual(
      ['fp32 filtered', 'fp32 running', 'mixed-precision filtered', 'multi-memristor filtered'])
    for (const { ratio, ratioOfQuickest, engineSeconds, baselineSeconds } of baseline.comparisons) {
      expect(ratioOfQuickest).toBeGreaterThan(0)
      for (const spread of [ratio, engineSeconds, baselineSeconds]) expectMeasured(spread)
    }
  } else expect(baseline.missing).toMatch(/does not exist|is not installed/)
  expect(err).toMatch(/^1 of \d+: fp32 sequences with 20 neurons · about /)
  expect(existsSync(join(folder, 'library.chalcogen'))).toBe(false)
})

test.each([['0', '0'], ['100,ten', '100,ten'], ['5000', 'must be between 1 and 4096. Found 5000.']])('refuses sizes of %s', async (list, said) => {
  const { code, err } = await chalcogen(temporaryFolder(), 'bench', '--quick', '--neurons', list)
  expect([code, err]).toEqual([2, expect.stringContaining(said)])
})
