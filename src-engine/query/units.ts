import { shifted } from '../format/numbers.ts'

interface Unit {
  /** Units of the same quantity can be converted. */
  quantity: string
  /** The value in the base unit is `times` × 10^`power`. */
  power: number
  times: number
}

const prefixes = { f: -15, p: -12, n: -9, µ: -6, m: -3, '': 0, k: 3, M: 6 } as const
type Prefix = keyof typeof prefixes

const withPrefixes = (quantity: string, symbol: string, allowed: readonly Prefix[]): [string, Unit][] =>
  allowed.map((prefix) => [prefix + symbol, { quantity, power: prefixes[prefix], times: 1 }])

const units: ReadonlyMap<string, Unit> = new Map([
  ...withPrefixes('time', 's', ['n', 'µ', 'm', '']),
  ...withPrefixes('frequency', 'Hz', ['m', '', 'k', 'M']),
  ...withPrefixes('conductance', 'S', ['n', 'µ', 'm', '']),
  ...withPrefixes('energy', 'J', ['f', 'p', 'n', 'µ', 'm', '']),
  ['min', { quantity: 'time', power: 0, times: 60 }],
  ['h', { quantity: 'time', power: 0, times: 3600 }],
  ['d', { quantity: 'time', power: 0, times: 86_400 }],
  ['%', { quantity: 'fraction', power: -2, times: 1 }],
  ['sequences', { quantity: 'sequences', power: 0, times: 1 }],
  ['epochs', { quantity: 'epochs', power: 0, times: 1 }],
])

const fraction: Unit = { quantity: 'fraction', power: 0, times: 1 }

/** Both characters for micro, and u, which keyboards have. */
const spelled = (text: string) => text.replace(/^[u\u03bc](?=[sSJ]$)/, 'µ')

const otherSpellings: Readonly<Record<string, readonly string[]>> = {
  s: ['sec', 'secs', 'second', 'seconds'], ms: ['msec', 'milliseconds'], min: ['mins', 'minute', 'minutes'], h: ['hr', 'hrs', 'hour', 'hours'],
  d: ['day', 'days'], Hz: ['hz', 'hertz'], kHz: ['khz', 'Khz', 'KHz'], MHz: ['mhz'], '%': ['percent'], epochs: ['epoch'], sequences: ['sequence'],
}

/** The unit that a text is another spelling of; null if it is none. */
export const unitMeant = (text: string): string | null =>
  Object.entries(otherSpellings).find(([, others]) => others.includes(text))?.[0] ?? null

/** The unit as it is written in the language; null if the text is none. */
export const unitOf = (text: string): string | null => (units.has(spelled(text)) ? spelled(text) : null)

/** Units that can be converted to this one, which is first. */
export function unitsLike(unit: string | null): string[] {
  if (unit === null) return []
  const quantity = units.get(unit)?.quantity
  return [unit, ...[...units].filter(([name, one]) => name !== unit && one.quantity === quantity).map(([name]) => name)]
}

/** A value in another unit; null if the two measure different quantities. @param to null if dimensionless */
export function converted(value: number, from: string, to: string | null): number | null {
  const [own, other] = [units.get(from), to === null ? fraction : units.get(to)]
  if (!own || !other || own.quantity !== other.quantity) return null
  return shifted(value * own.times, own.power - other.power) / other.times
}
