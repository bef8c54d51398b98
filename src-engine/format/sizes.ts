const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** A size in decimal units, as file managers do: 950 B, 1.2 GB, 20 GB. A negative size, such as the rest of a used-up budget, is 0 B. */
export function formatBytes(bytes: number): string {
  let [size, unit] = [Math.max(0, bytes), 0]
  while (unit < UNITS.length - 1 && size >= (unit === 0 ? 1000 : 999.95)) [size, unit] = [size / 1000, unit + 1]
  const text = unit === 0 ? String(Math.round(size)) : Number.isInteger(size) ? String(size) : size.toFixed(1)
  return `${text} ${UNITS[unit]}`
}

/** An estimated size, with two significant digits: about 12 MB. */
export const formatRoughBytes = (bytes: number): string => `about ${formatBytes(Number(bytes.toPrecision(2)))}`
