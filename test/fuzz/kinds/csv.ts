import { decodeText } from '../../../src-engine/data/encoding.ts'
import { isNpy } from '../../../src-engine/data/npy-header.ts'
import { readTable, type Table } from '../../../src-engine/data/table.ts'
import { instrumentFiles } from '../../fixtures/signals/instrument-files.ts'
import { mutatedBytes } from '../mutate.ts'
import { type FuzzKind, Lie, refusalOf } from './kind.ts'

export async function csvKind(): Promise<FuzzKind> {
  const seeds = instrumentFiles.map(({ bytes }) => bytes).filter((bytes) => !isNpy(bytes) && bytes.length > 0)
  return {
    input: (chance) => mutatedBytes(chance.oneOf(seeds), chance, seeds),
    read(input) {
      const table = readTable(input)
      if (!table.ok) return refusalOf(table.problems)
      if (isNpy(input)) return null
      requireWritten(input, table)
      requireSameAgain(table)
      return null
    },
  }
}

/** Every number that was read is in the text, written as the layout says. */
function requireWritten(input: Uint8Array, { layout, columns }: Table): void {
  if (layout.thousands !== 'none') return
  const decoded = decodeText(input, layout.encoding)
  if (!decoded.ok) throw new Lie('a text was read that cannot be decoded')
  const sign = layout.decimal === 'comma' ? ',' : '[.]'
  const tokens = decoded.text.match(new RegExp(`[+\u2212-]?(?:\\d+(?:${sign}\\d*)?|${sign}\\d+)(?:[eEdD][+-]?\\d{1,4})?`, 'g')) ?? []
  const numbers = new Set(tokens.map((token) => Number(token.replace(',', '.').replace(/[dD]/, 'e').replace('\u2212', '-'))))
  for (const { name, values } of columns) {
    const made = values.find((value) => !Number.isNaN(value) && !numbers.has(value))
    if (made !== undefined) throw new Lie(`${made} of column ${name} is not in the text`)
  }
}

const textOf = (value: number) => (Object.is(value, -0) ? '-0' : String(value).toLowerCase())

/** What was read is read again from a plain table of it. */
function requireSameAgain({ columns }: Table): void {
  const usable = columns.filter(({ problem, content }) => problem === null && content === 'number')
  if (usable.length === 0) return
  const rows = Array.from(usable[0]!.values, (_, row) => usable.map(({ values }) => textOf(values[row]!)).join(','))
  const text = [usable.map((_, index) => `c${index}`).join(','), ...rows].join('\n')
  const again = readTable(new TextEncoder().encode(text), {
    encoding: 'utf-8', delimiter: usable.length === 1 ? 'none' : 'comma', decimal: 'point', thousands: 'none', header: 1, units: 0, from: 2,
  })
  if (!again.ok) throw new Lie(`a table of what was read is refused: ${refusalOf(again.problems)}`)
  usable.forEach(({ values, name }, index) => {
    const theirs = again.columns[index]?.values
    if (theirs?.length !== values.length || values.some((value, row) => !Object.is(value, theirs[row]))) throw new Lie(`column ${name} is not read again as the same`)
  })
}
