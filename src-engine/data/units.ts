/** Units as instruments write them, in lower case where case does not matter to tell a unit from a name. */
const units = new Set([
  's', 'sec', 'secs', 'second', 'seconds', 'ms', 'msec', 'us', 'µs', 'μs', 'ns', 'min', 'mins', 'minutes', 'h', 'hr', 'hrs', 'hours', 'd', 'days', 'ts', 'rn',
  'v', 'mv', 'uv', 'µv', 'μv', 'kv', 'volt', 'volts', 'a', 'ma', 'ua', 'µa', 'μa', 'na', 'pa', 'amp', 'amps', 'ampere', 'n', 'kn', 'mn', 'nm', 'lbf', 'kgf',
  'hpa', 'kpa', 'mpa', 'bar', 'mbar', 'psi', 'torr', 'mmhg', 'c', 'f', 'k', '°c', '°f', '°k', 'degc', 'deg c', 'deg_c', 'degf', 'deg f', 'celsius', 'kelvin',
  '%', '%rh', '% rh', 'rh', 'percent', 'm', 'mm', 'µm', 'μm', 'um', 'cm', 'km', 'in', 'inch', 'inches', 'ft', 'mil',
  'm/s', 'm/s2', 'm/s^2', 'm/s²', 'm/s/s', 'g', 'mg', 'kg', 'km/h', 'mph', 'kn', 'knots', 'meters/second', 'meters', 'deg/s', '°/s', 'dps', 'rad/s', 'rad', 'deg', '°', 'degrees',
  'w', 'mw', 'kw', 'wh', 'kwh', 'j', 'kj', 'hz', 'khz', 'mhz', 'ghz', 'db', 'dbm', 'dbv', 'ohm', 'ohms', 'ω', 'kω', 'mω', 'kohm', 'mohm', 's/m', 'µs/cm', 'us/cm', 'ms/cm',
  'pf', 'nf', 'µf', 'uf', 'mh', 'uh', 't', 'mt', 'µt', 'ut', 'gauss', 'lx', 'lux', 'klux', 'cd', 'lm', 'ppm', 'ppb', 'ph', 'l', 'ml', 'l/min', 'l/h', 'ml/min', 'm3/h', 'm³/h',
  'rpm', '1/min', '1/s', 'bpm', 'cts', 'counts', 'count', 'a.u.', 'au', 'a. u.', 'abs', 'w/m2', 'w/m^2', 'w/m²', 'mol/l', 'mg/l', 'µg/m3', 'ug/m3', 'µg/m³', 'cm-1', 'cm^-1', '1/cm', 'date', 'samples', 'mag',
])

const BRACKETED = /^[[(<{][^\])>}]{0,24}[\])>}]$/

const isUnit = (cell: string) => BRACKETED.test(cell) || units.has(cell.toLowerCase())

/** Whether the cells of a row between the names and the numbers are units: at least half of its words. */
export function areUnits(cells: readonly string[]): boolean {
  const words = cells.filter((cell) => /[^\d.,eE+-]/.test(cell)).map(withoutQuotes)
  const known = words.filter(isUnit).length
  return known > 0 && known >= words.length / 2
}

export const withoutQuotes = (cell: string) => (/^'[^']*'$/.test(cell) ? cell.slice(1, -1).trim() : cell)

const LONGEST_UNIT = 24

/** The unit at the end of a name: 'Force (N)', 'Kraft [N]', 'Kraft in N', 'Kraft, N', 'Kraft / N', 'Ewe/V'. Empty if there is none. */
export function unitInName(name: string): string {
  const bracketed = /[[(]([^\])]{1,24})[\])]$/.exec(name)?.[1]
  if (bracketed !== undefined) return bracketed.trim()
  const at = Math.max(name.lastIndexOf(' in ') + 3, name.lastIndexOf(', ') + 1, name.lastIndexOf('/'))
  const last = at > 2 ? name.slice(at + 1).trim() : ''
  return last.length <= LONGEST_UNIT && units.has(last.toLowerCase()) ? last : ''
}

export const withoutBrackets = (unit: string) => (BRACKETED.test(unit) ? unit.slice(1, -1).trim() : unit)
