import { expect, it } from 'vitest'
import { firstEpochs, meanOfLast } from '../../../../src-engine/statistics/learning-curve.ts'
import { learningCurveOf } from '../../../fixtures/learning-curves.ts'

it('firstEpochs shortens every column', () => {
  const same = { loss: (epoch: number) => epoch, meanRateHz: (epoch: number) => epoch, saturated: (epoch: number) => epoch }
  expect(firstEpochs(learningCurveOf(30, same), 7)).toEqual(learningCurveOf(7, same))
  expect(firstEpochs(learningCurveOf(30), 0)).toEqual(learningCurveOf(0))
})

it('meanOfLast averages the last 20 epochs, or all if there are fewer', () => {
  const counted = (epochs: number) => meanOfLast(Float64Array.from({ length: epochs }, (_, index) => index))
  expect(counted(100)).toBe(89.5)
  expect(counted(5)).toBe(2)
  expect(counted(0)).toBeNaN()
})
