import { expect, test } from 'vitest'
import { mse } from '../../../src-engine/experiment/metrics.ts'
import { roundsOf } from '../../../src-engine/sweep/halving.ts'
import { describe as describeProgress } from '../../../src-main/cli/progress-line.ts'
import { describeRuns } from '../../../src-main/cli/runs-line.ts'

const moving = { sequencesPerSecond: 120, secondsLeft: 5.8, waiting: null }
const waiting = { ...moving, waiting: 'The disk is full.' }

test('the line of a run has its rate and remaining time', () => {
  expect(describeProgress({ epoch: 3, loss: 0.125 }, 40, moving, mse)).toBe('epoch 3 of 40, MSE 0.125, 120 sequences/s, 5.8 s left')
})

test('while a run waits, its line says why, and has no rate or remaining time', () => {
  expect(describeProgress({ epoch: 3, loss: 0.125 }, 40, waiting, mse)).toBe('epoch 3 of 40, MSE 0.125, waiting. The disk is full.')
})

const run = (status: string, epochsDone = 0, error: string | null = null) =>
  ({ status, epochsDone, error: error && { code: error, message: '' } }) as Parameters<typeof describeRuns>[0][number]

test('the line of a sweep counts runs by status', () => {
  const runs = [run('done', 40), run('running'), run('queued'), run('failed'), run('stopped')]
  expect(describeRuns(runs, [], [moving], 5.8)).toBe('1 of 5 runs finished, 1 running, 1 failed, 1 stopped, 120 sequences/s, 5.8 s left')
})

test('while runs wait, the line of a sweep says why, and has no rate or remaining time', () => {
  expect(describeRuns([run('done'), run('running'), run('running')], [], [waiting, moving], 5.8))
    .toBe('1 of 3 runs finished, 2 running, 1 waiting. The disk is full.')
})

test('the line of a halving sweep names the round and counts the runs that finished it', () => {
  const rounds = roundsOf({ firstEpochs: 10, keep: 0.5 }, 4, 40)
  expect(rounds.map(({ epochs }) => epochs)).toEqual([10, 20, 40])
  const first = [run('paused', 10), run('running'), run('queued'), run('queued')]
  expect(describeRuns(first, rounds, [], null)).toBe('round 1 of 3 (10 epochs): 1 of 4 runs finished, 1 running')
  const between = Array.from({ length: 4 }, () => run('paused', 10))
  expect(describeRuns(between, rounds, [], null)).toBe('round 1 of 3 (10 epochs): 4 of 4 runs finished, 0 running')
  const halved = [run('stopped', 10, 'halved'), run('stopped', 10, 'halved')]
  expect(describeRuns([...halved, run('paused', 20), run('running', 10)], rounds, [], null))
    .toBe('round 2 of 3 (20 epochs): 1 of 2 runs finished, 1 running, 2 stopped early')
  expect(describeRuns([...halved, run('stopped', 20, 'halved'), run('done', 40)], rounds, [], null))
    .toBe('round 3 of 3 (40 epochs): 1 of 1 run finished, 0 running, 3 stopped early')
})
