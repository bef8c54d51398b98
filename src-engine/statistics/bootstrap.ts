import { Stream } from '../random/stream.ts'
import { quantileOf } from './centre.ts'

export const RESAMPLES = 10_000
const SEED = 1
/** Quantiles of the resampled means that bound the interval. */
const ENDS = [0.025, 0.975] as const

/**
 * Random words addressed by resample and position within it. A sample's interval depends only on its own values, so all samples can
 * share the same words.
 */
export interface ResamplingDraws {
  /** Size of the largest sample that the words cover. */
  size: number
  /** 32 bits each, [resamples][size]. */
  words: Uint32Array
}

/** Draws the words for samples of up to `size` values: the same on every machine and in every call. */
export function resamplingDraws(size: number): ResamplingDraws {
  const stream = new Stream(SEED, 'resampling')
  const words = new Uint32Array(RESAMPLES * size)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let place = 0; place < size; place++) words[resample * size + place] = stream.words(resample, place).first
  }
  return { size, words }
}

/**
 * 95 % percentile bootstrap interval of the mean, from 10 000 resamples, in the unit of the values (Efron and Tibshirani,
 * An Introduction to the Bootstrap, 1993, chapter 13). It is somewhat narrow for small samples: for ten normally distributed values
 * it contains the true mean in about 90 % of cases. Null for fewer than two values or if a value is not finite.
 * @throws RangeError if the sample is larger than `draws.size`
 */
export function bootstrapInterval(values: readonly number[], draws = resamplingDraws(values.length)): [number, number] | null {
  const n = values.length
  if (n > draws.size) throw new RangeError(`The draws cover samples of up to ${draws.size} values, but this sample has ${n}`)
  if (n < 2 || !values.every(Number.isFinite)) return null
  const means = new Float64Array(RESAMPLES)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    means[resample] = meanOfDrawn(values, draws.words, resample * draws.size)
  }
  return intervalOfResamples(means)
}

/**
 * 95 % percentile bootstrap interval of the difference of two means, a − b, from 10 000 resamples of both samples, each on its own.
 * Null for fewer than two values in a sample, or if a value is not finite.
 */
export function bootstrapDifference(a: readonly number[], b: readonly number[]): [number, number] | null {
  if (a.length < 2 || b.length < 2 || ![...a, ...b].every(Number.isFinite)) return null
  const draws = resamplingDraws(a.length + b.length)
  const differences = new Float64Array(RESAMPLES)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const first = resample * draws.size
    differences[resample] = meanOfDrawn(a, draws.words, first) - meanOfDrawn(b, draws.words, first + a.length)
  }
  return intervalOfResamples(differences)
}

/** Mean of as many values as there are, drawn with replacement. @param first place of the first word */
function meanOfDrawn(values: readonly number[], words: Uint32Array, first: number): number {
  const placesPerWord = values.length / 2 ** 32
  let sum = 0
  for (let place = 0; place < values.length; place++) sum += values[Math.floor(words[first + place]! * placesPerWord)]!
  return sum / values.length
}

/** The 95 % percentile interval of resampled means, which it sorts. */
export function intervalOfResamples(means: Float64Array): [number, number] {
  means.sort()
  return [quantileOf(means, ENDS[0]), quantileOf(means, ENDS[1])]
}
