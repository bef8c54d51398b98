import { Stream } from '../random/stream.ts'
import { intervalOfResamples, type ResamplingDraws, resamplingDraws, RESAMPLES } from './bootstrap.ts'

/**
 * Losses of one arm that was tuned by several independent searches, [restarts][seeds]. The settings of every restart ran with the same
 * seeds in the same order.
 */
export type LossesByRestart = readonly (readonly number[])[]

/** Seed of the draws of restarts. Each arm of a difference has its own. */
const RESTART_SEED = 2

/**
 * 95 % percentile interval of the mean over restarts and seeds, or of the difference of two such means, from 10 000 resamples. It covers
 * what another search on other seeds would have given, not only other seeds.
 *
 * Restarts and seeds are crossed: one seed has the same patterns and draws under all settings. So each resample draws both on their own:
 * 1. from R restarts of each arm, R − 1 with replacement, or the only one;
 * 2. from n seeds, n with replacement, the same for all restarts and both arms;
 * 3. and takes the mean of the drawn cells, minus that of the second arm.
 *
 * R − 1 draws give the mean over restarts its unbiased variance s²/R, where R draws would give (R − 1)/R of it, a third too little for
 * three restarts (Rao and Wu, J. Am. Stat. Assoc. 83 (1988) 231). Resampling both factors of a crossed design counts the variance of
 * single cells more than once, so it errs towards a wider interval (Owen, Ann. Appl. Stat. 1 (2007) 386). With one restart everywhere
 * this is `bootstrapInterval`, bit by bit.
 * @param draws random words for the seeds, shared with the plain bootstrap
 * @returns null for fewer than two seeds or if a loss is not finite
 * @throws RangeError if the restarts have different numbers of seeds
 */
export function nestedBootstrapInterval(
  arm: LossesByRestart, other: LossesByRestart | null = null, draws: ResamplingDraws = resamplingDraws(arm[0]?.length ?? 0),
): [number, number] | null {
  const arms = other === null ? [arm] : [arm, other]
  const seeds = arm[0]?.length ?? 0
  if (arms.some((losses) => losses.some(({ length }) => length !== seeds))) throw new RangeError('All restarts need the same seeds')
  if (seeds > draws.size) throw new RangeError(`The draws cover samples of up to ${draws.size} values, but this one has ${seeds}`)
  if (seeds < 2 || !arms.flat(2).every(Number.isFinite)) return null
  const drawOwn = meansOverDrawnRestarts(arm, 0)
  const drawOther = other === null ? null : meansOverDrawnRestarts(other, 1)
  const means = new Float64Array(RESAMPLES)
  const bySeed = new Float64Array(seeds)
  for (let resample = 0; resample < RESAMPLES; resample++) {
    bySeed.set(drawOwn(resample))
    drawOther?.(resample).forEach((loss, seed) => { bySeed[seed]! -= loss })
    means[resample] = meanOfDrawnSeeds(bySeed, draws, resample)
  }
  return intervalOfResamples(means)
}

/** @returns for a resample, the loss of each seed as the mean over the drawn restarts, [seeds] */
function meansOverDrawnRestarts(losses: LossesByRestart, arm: number): (resample: number) => Float64Array {
  const restarts = losses.length
  const means = new Float64Array(losses[0]!.length)
  if (restarts === 1) return () => Float64Array.from(losses[0]!)
  const stream = new Stream(RESTART_SEED, 'resampling', arm)
  return (resample) => {
    means.fill(0)
    for (let draw = 0; draw < restarts - 1; draw++) {
      const restart = losses[Math.floor(stream.uniform(resample, draw) * restarts)]!
      for (let seed = 0; seed < means.length; seed++) means[seed]! += restart[seed]! / (restarts - 1)
    }
    return means
  }
}

function meanOfDrawnSeeds(bySeed: Float64Array, { size, words }: ResamplingDraws, resample: number): number {
  const placesPerWord = bySeed.length / 2 ** 32
  let sum = 0
  for (let place = 0; place < bySeed.length; place++) sum += bySeed[Math.floor(words[resample * size + place]! * placesPerWord)]!
  return sum / bySeed.length
}
