/** Formats a number for ticks and tooltips, with at most four significant digits below 10 000 and six above. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
  const magnitude = Math.abs(value)
  const scientific = magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)
  const text = scientific ? inPowersOfTen(magnitude) : String(Number(magnitude.toPrecision(magnitude < 1e4 ? 4 : 6)))
  return value < 0 ? `−${text}` : text
}

/** Formats a count with its noun: '1 gap', '3 gaps'. */
export const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** Title of a layer: 'Recurrent' for 'recurrent'. */
export const layerTitle = (layer: string) => layer.charAt(0).toUpperCase() + layer.slice(1)

const superscripts: Record<string, string> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
}

function inPowersOfTen(magnitude: number): string {
  const [mantissa, power] = magnitude.toExponential(3).split('e')
  const raised = [...power.replace('+', '')].map((digit) => superscripts[digit]).join('')
  const factor = String(Number(mantissa))
  return factor === '1' ? `10${raised}` : `${factor}·10${raised}`
}
