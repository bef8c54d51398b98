import { formatCount, formatExact, formatNumber } from '../../format/numbers.ts'
import { counted } from '../../format/words.ts'
import type { Problem } from '../problem.ts'
import type { Warning } from '../warning.ts'
import type { SampleValues } from './samples.ts'

/** Numbers that say how good a signal is. */
export interface SignalFacts {
  count: number
  least: number
  most: number
  /** Largest magnitude. */
  size: number
  /** Position of a sample that is no measurement, counted from 1; 0 if there is none. */
  impossible: number
}

/** Beyond this, a value is a mark of a missing one, or its sums overflow. */
const LARGEST = 1e300
/** Without normalisation, the square of an error beyond this overflows in single precision. */
const LARGEST_TARGET = 1e18
/** A range below this share of its size is rounding. */
export const FLAT = 1e-12
const NEARLY_FLAT = 1e-6

/** Facts of samples, which never change. */
const known = new WeakMap<object, SignalFacts>()

export function factsOf(samples: ArrayLike<number>): SignalFacts {
  const facts = known.get(samples) ?? foundIn(samples)
  known.set(samples, facts)
  return facts
}

function foundIn(samples: ArrayLike<number>): SignalFacts {
  let [least, most, impossible] = [Infinity, -Infinity, 0]
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index]!
    if (value < least) least = value
    if (value > most) most = value
    if (impossible === 0 && !(Math.abs(value) <= LARGEST)) impossible = index + 1
  }
  return { count: samples.length, least, most, size: Math.max(Math.abs(least), Math.abs(most)), impossible }
}

/** Whether all samples are one number, except for rounding. */
export const isFlat = ({ least, most, size }: Pick<SignalFacts, 'least' | 'most' | 'size'>): boolean => most - least <= FLAT * size

export interface Judged {
  /** Samples of one column. */
  samples: SampleValues
  /** Empty for a single column. */
  name: string
  patterns: number
  steps: number
  normalise: 'centre' | 'max-abs' | 'standard' | 'none'
}

/** What makes a signal impossible to use. */
export function signalProblems({ samples, name, patterns, normalise }: Judged): Problem[] {
  const facts = factsOf(samples)
  const of = name === '' ? '' : ` of '${name}'`
  if (facts.impossible > 0) {
    const value = String(samples[facts.impossible - 1])
    return [{ path: 'task.samples', rule: `must be measured values. Sample ${facts.impossible}${of} is ${value}, which marks a missing value or an overflow`, found: '' }]
  }
  const tooFew = tooFewProblems({ count: facts.count, name, patterns })
  if (tooFew.length > 0) return tooFew
  if (normalise === 'none' && facts.size > LARGEST_TARGET) {
    return [{ path: 'task.normalise', rule: `must not be none for values up to ${facts.size}${of}: their squares overflow`, found: '' }]
  }
  return []
}

export function tooFewProblems({ count, name, patterns }: { count: number } & Pick<Judged, 'name' | 'patterns'>): Problem[] {
  if (count >= 2 * patterns) return []
  const of = name === '' ? '' : ` of '${name}'`
  return [{
    path: 'task.patterns', rule: `must be at most ${Math.floor(count / 2)}, because each pattern needs two of the ${counted(count, 'sample')}${of}`,
    found: String(patterns),
  }]
}

/** What is doubtful about a signal, with the number. */
export function signalWarnings(judged: Judged): Warning[] {
  const facts = factsOf(judged.samples)
  const of = judged.name === '' ? 'The signal' : `The signal '${judged.name}'`
  const say = (path: string, message: string | null): Warning[] => (message === null ? [] : [{ path, message: `${of} ${message}` }])
  return [
    ...say('task.samples', flatness(facts, judged)),
    ...say('task.samples', fillValue(judged.samples, facts)),
    ...say('task.samples', clipped(judged.samples, facts)),
    ...say('task.patterns', tooFew(facts, judged)),
    ...say('task.steps', tooFast(judged, facts)),
  ]
}

function flatness(facts: SignalFacts, { normalise }: Judged): string | null {
  const { least, most, size } = facts
  if (isFlat(facts)) {
    const target = normalise === 'centre' || normalise === 'standard' ? 'its target is 0' : 'its target is constant'
    return `has the same value everywhere, ${formatExact(least)}: ${target}.`
  }
  if (most - least > NEARLY_FLAT * size) return null
  return `varies by only ${formatNumber((most - least) / size)} of its size. What is learned may be noise of the recording.`
}

/** Values that programs write where a measurement is missing. */
const fillValues = new Set([
  -99, -99.9, -99.99, -999, -999.25, -999.9, -999.99, -9999, -9999.25, -9999.9, 99.99, 999, 999.9, 999.99, 9999, 9999.9, 99_999,
  -32_768, -32_767, 32_767, 65_535, -2_147_483_648, 2_147_483_647, 4_294_967_295,
  -1e20, 1e20, -1e30, 1e30, -1e31, 1e31, 1e35, 9.96921e36, 9.969209968386869e36, -1e37, 1e37, -9.9e37, 9.9e37, 9.91e37,
  -3.40282e38, 3.40282e38, -3.4028234663852886e38, 3.4028234663852886e38,
])

/** An extreme that is a fill value, and farther from all others than they are from each other. */
function fillValue(samples: SampleValues, { least, most }: SignalFacts): string | null {
  for (const extreme of [least, most]) {
    if (!fillValues.has(extreme)) continue
    const others = factsOf(Array.from(samples).filter((value) => value !== extreme))
    const gap = Math.min(Math.abs(extreme - others.least), Math.abs(extreme - others.most))
    if (others.count === 0 || gap <= others.most - others.least) continue
    const times = samples.length - others.count
    return `is ${extreme} in ${counted(times, 'sample')}, and between ${formatNumber(others.least)} and ${formatNumber(others.most)} elsewhere. `
      + `${extreme} often marks a missing value.`
  }
  return null
}

/** So many equal extremes in a row are no chance. */
const CLIPPED_RUN = 5
const CLIPPED_SHARE = 0.01

function clipped(samples: SampleValues, { least, most, count }: SignalFacts): string | null {
  if (least === most) return null
  for (const extreme of [most, least]) {
    let [run, longest, times] = [0, 0, 0]
    for (let index = 0; index < samples.length; index++) {
      run = samples[index] === extreme ? run + 1 : 0
      if (run > 0) times += 1
      if (run > longest) longest = run
    }
    // A signal of two or three levels, or of zeros such as rain, is not clipped.
    if (longest < CLIPPED_RUN || times < CLIPPED_SHARE * count || extreme === 0 || levelsOf(samples) < MOST_LEVELS) continue
    return `stays at its ${extreme === most ? 'largest' : 'smallest'} value, ${formatExact(extreme)}, for ${formatCount(longest)} samples in a row. `
      + 'The recording may be clipped.'
  }
  return null
}

const MOST_LEVELS = 16

/** Number of different values, up to the most that matters. */
function levelsOf(samples: SampleValues): number {
  const levels = new Set<number>()
  for (let index = 0; index < samples.length && levels.size < MOST_LEVELS; index++) levels.add(samples[index]!)
  return levels.size
}

/** Fewer samples than this make a pattern of a few straight lines. */
const FEW = 10

function tooFew({ count }: SignalFacts, { patterns, steps }: Judged): string | null {
  const each = count / patterns
  if (each >= FEW || each >= steps) return null
  return `has only ${formatNumber(each)} samples for each pattern of ${formatCount(steps)} steps. Between them the target is a straight line.`
}

/** More of the signal than this is lost if it changes faster than the steps. */
const LOST = 0.05

/** Frequencies above half of the rate of the steps: what is left of a signal that is resampled to them, and back. */
function tooFast({ samples, patterns, steps }: Judged, { count, least, most }: SignalFacts): string | null {
  const each = count / patterns
  if (each <= steps || least === most) return null
  const share = lostShare(samples, each / steps, most - least)
  if (share < LOST) return null
  return `has ${formatNumber(each)} samples for each pattern of ${formatCount(steps)} steps. ${formatNumber(100 * share)} % of its variance is faster than `
    + `half of the rate of the steps, and looks slower in the target. More steps or patterns keep it.`
}

/** Share of the variance that straight lines between every `stride`th sample miss. Values are scaled, so that no sum overflows. */
function lostShare(samples: SampleValues, stride: number, range: number): number {
  const last = samples.length - 1
  const first = samples[0]!
  let [missed, sum, squares] = [0, 0, 0]
  for (let part = 0, index = 0; index <= last; part++) {
    const before = Math.min(last, Math.floor(part * stride))
    const after = Math.min(last, Math.max(before + 1, Math.floor((part + 1) * stride)))
    const [start, slope] = [samples[before]!, (samples[after]! - samples[before]!) / (after - before || 1)]
    for (const end = (part + 1) * stride; index <= last && index < end; index++) {
      const value = (samples[index]! - first) / range
      const error = (samples[index]! - (start + slope * (index - before))) / range
      missed += error * error
      sum += value
      squares += value * value
    }
  }
  const variance = squares - (sum * sum) / samples.length
  return variance > 0 ? Math.min(1, missed / variance) : 0
}
