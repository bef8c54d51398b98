import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseColumn, type Column, samplesOf } from '../../../../src-engine/data/column.ts'
import { readTextTable } from '../../../../src-engine/data/text-table.ts'
import type { LayoutSpec, TextLayout } from '../../../../src-engine/experiment/tasks/layout.ts'
import { thorough } from '../../../fixtures/thorough.ts'

const repetitions = (usual: number) => (thorough ? 20 * usual : usual)

function tableOf(text: string, layout: LayoutSpec = {}) {
  const table = readTextTable(text, layout)
  if (!table.ok) throw new Error(JSON.stringify(table.problems))
  return table
}

const columnsOf = (text: string) => tableOf(text).columns
const valuesOf = (text: string, layout: LayoutSpec = {}) =>
  Object.fromEntries(tableOf(text, layout).columns.map(({ name, values }) => [name, [...values]]))
const refusalOf = (text: string) => {
  const table = readTextTable(text)
  return table.ok ? null : table.problems
}

describe('a text', () => {
  it('has columns of numbers, times and texts', () => {
    const [date, co2, place] = columnsOf('Date,CO2,place\r\n1958-03-01,315.70,north\r\n1958-04-01,317.46,south\r\n')
    expect(date).toMatchObject({ name: 'Date', content: 'time', role: 'time', problem: { path: `Column 'Date'`, found: 'dates or times' } })
    expect(co2).toMatchObject({ name: 'CO2', role: 'signal', values: Float64Array.of(315.7, 317.46), problem: null })
    expect(place).toMatchObject({ role: 'label', problem: { path: `Row 2, column 'place'`, rule: 'must be a finite number', found: `'north'` } })
  })

  it.for([
    ['commas', 'a,b\n1,2\n3,4'],
    ['semicolons', 'a;b\n1;2\n3;4'],
    ['tabs', 'a\tb\n1\t2\n3\t4'],
    ['bars', 'a|b\n1|2\n3|4'],
    ['spaces', 'a   b\n 1   2\n 3   4 \n'],
    ['carriage returns', 'a,b\r1,2\r3,4\r'],
    ['mixed line endings', 'a,b\r\n1,2\n3,4\r'],
    ['blank lines', '\na,b\n\n1,2\n3,4\n\n'],
    ['quotes and spaces', '" a ","b"\n"1", 2 \n3,"4"'],
    ['empty cells past the names', 'a,b\n1,2,\n3,4,'],
    ['a line end in a quoted name', '"a",b\n1,2\n3,4'],
    ['comments', '# made by a program\n# of 2024\na,b\n1,2\n# pause\n3,4'],
    ['a preamble', 'Device: X\nSerial: 5\n\na;b\n1;2\n3;4'],
    ['names in a comment', '# a b\n1 2\n3 4'],
  ])('may have %s', ([, text]) => {
    expect(valuesOf(text!)).toEqual({ a: [1, 3], b: [2, 4] })
  })

  it.for([['"3"125', 3125], ['"3" 5', 35], ['"3"e2', 300]] as const)('takes %s for no number, because it would be another one without its marks', ([cell, other]) => {
    const [column] = columnsOf(`a;b\n1;2\n3;4\n${cell};6\n`)
    expect([...column!.values]).not.toContain(other)
  })

  it('with one column needs no delimiter', () => {
    expect(valuesOf('signal\n1\n-2.5e-3\n.5\n5.\n+1\n')).toEqual({ signal: [1, -0.0025, 0.5, 5, 1] })
  })

  it.for(['drizzle', '1e999', '0x10', '1 2', '--1', '1e', 'x.'])('refuses %j as a number, and names row and column', (cell) => {
    const problematic = columnsOf(`a,b\n1,2\n3,4\n\n5,${cell}\n7,8`)[1]!
    expect(problematic.values).toHaveLength(0)
    expect(problematic.problem).toEqual({ path: `Row 5, column 'b'`, rule: 'must be a finite number', found: `'${cell}'` })
  })

  it.for([
    '', 'NaN', 'nan', '-NaN', 'NA', 'N/A', '#N/A', 'null', 'None', '-', '--', '---', '***', '?', '.', '1.#QNAN', '-1.#IND', '#DIV/0!', '#WERT!', '+++++', 'inf', '-Infinity',
    'OL', 'overrange', 'k.A.', '\\N', 'missing', 'no data', '#####',
  ])('takes %j for a missing number', (cell) => {
    expect(columnsOf(`a,b\n1,2\n3,4\n\n5,${cell}\n7,8`)[1]).toMatchObject({ gaps: 1, firstGap: 5, problem: null, values: Float64Array.of(2, 4, NaN, 8) })
  })

  it('takes a missing cell for an empty one', () => {
    expect(columnsOf('a,b\n1,2\n3\n5,6\n')[1]).toMatchObject({ gaps: 1, firstGap: 3 })
  })

  it('shows only the start of a long cell', () => {
    expect(columnsOf(`a,b\n1,2\n2,${'x'.repeat(10_000)}\n2,3`)[1]!.problem!.found.length).toBeLessThan(60)
  })

  it('names a column without a name of its own by its position', () => {
    expect(columnsOf('a,,a\n1,2,3\n4,5,7').map(({ name, values }) => [name, [...values]])).toEqual([['a', [1, 4]], ['#2', [2, 5]], ['a #3', [3, 7]]])
    expect(Object.keys(valuesOf('1.5\t2.5\n3.5\t4.25'))).toEqual(['#1', '#2'])
  })

  it('needs two rows of numbers', () => {
    expect(columnsOf('a,b\n1,2')[0]!.problem).toEqual({ path: `Column 'a'`, rule: 'must have at least 2 rows', found: '1 row' })
  })

  it.for([
    ['', '', 'an empty file'],
    ['\n \n', '', 'an empty file'],
    ['a,b', '', 'none in its first 1000 rows'],
    ['1,2\n3,4', 'Layout', `'1 2'`],
    ['a,b\n1,2\n3,4,5\n5,6', 'Row 3', `'3 4 5'`],
    ['a,b\n1,2\n3,"4\n5,6', 'Row 3', ''],
    [`${Array.from({ length: 1001 }, (_, i) => `c${i}`).join()}\n${Array.from({ length: 1001 }, (_, i) => i).join()}\n`.repeat(2), 'Row 1', '1001 columns'],
  ])('is refused entirely: %j', ([text, path, found]) => {
    expect(refusalOf(text!)).toEqual([{ path, rule: expect.stringMatching(/^(must|has|can) ./), found }])
  })

  it('leaves out what follows the table, and keeps where it ends', () => {
    const { columns, layout, notes } = tableOf('t;x\n1;2\n2;3\n3;5\n4;1\nTotal;11\nsigned by nobody\n')
    expect([...columns[1]!.values]).toEqual([2, 3, 5, 1])
    expect(layout).toMatchObject({ header: 1, from: 2, to: 5 })
    expect(notes).toEqual([expect.stringContaining('2 rows after the table left out, from row 6 on')])
    expect(tableOf('t;x\n1;2\n2;3\n').layout.to).toBe(0)
  })

  it('is read by the chosen layout, and without a choice says how else it could be', () => {
    const torn = '1,5\n2,25\n3,75\n'
    expect(refusalOf(torn)).toMatchObject([{ path: 'Layout', rule: expect.stringContaining('layout.delimiter=none and layout.decimal=comma') }])
    expect(valuesOf(torn, { delimiter: 'none' })).toEqual({ '#1': [1.5, 2.25, 3.75] })
    expect(valuesOf(torn, { delimiter: 'comma' })).toEqual({ '#1': [1, 2, 3], '#2': [5, 25, 75] })
    expect(valuesOf('a,b\n1,2\n3,4\n5,6\n7,9', { from: 3, to: 4 })).toEqual({ a: [3, 5], b: [4, 6] })
    expect(valuesOf('x\ty\na\tb\n1\t2\n3\t5', { header: 1 })).toEqual({ x: [1, 3], y: [2, 5] })
    const { guess } = tableOf('a,b\n1,5\n2,5')
    expect(guess).toMatchObject({ confidence: 'certain', alternatives: [{ delimiter: 'none', decimal: 'comma' }] })
    expect(guess.why).toContain('every row has the same columns')
  })

  it('keeps every bit of every finite number', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(fc.property(fc.array(fc.tuple(finite, finite), { minLength: 2 }), (rows) => {
      const text = ['a,b', ...rows.map((row) => row.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join())].join('\n')
      expect(valuesOf(text)).toEqual({ a: rows.map(([a]) => a), b: rows.map(([, b]) => b) })
    }))
  })

  it('never throws for any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', '\t', ' ', '|', '.', '#', '-', ':', '\u0000') }), (text) => {
      const table = readTextTable(text)
      expect(table.ok ? table.columns.length : table.problems.length).toBeGreaterThan(0)
    }), { numRuns: repetitions(300) })
  })

  it.for([
    '"', '"a', 'a,'.repeat(3), '1,', '\n', '\r', '1:', '1.1.', '1-', 'a1', "1'111", '1 ', '#', '% ', '+', '1e',
  ])('takes time in proportion to its length: %j', (piece) => {
    const started = performance.now()
    readTextTable(piece.repeat(Math.ceil(2 ** 20 / piece.length)))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('any table in any layout', () => {
  const delimiters = { comma: ',', semicolon: ';', tab: '\t', bar: '|', spaces: '  ' } as const
  const thousands = { none: '', comma: ',', point: '.', space: '\u202f', apostrophe: '\'' } as const
  const layouts = fc.record({
    delimiter: fc.constantFrom(...Object.keys(delimiters) as (keyof typeof delimiters)[]),
    decimal: fc.constantFrom('point', 'comma'),
    thousands: fc.constantFrom(...Object.keys(thousands) as (keyof typeof thousands)[]),
    header: fc.boolean(), units: fc.boolean(), preamble: fc.nat(3), end: fc.constantFrom('\n', '\r\n', '\r'), quotes: fc.boolean(), footer: fc.boolean(),
  }).filter(({ decimal, thousands }) => decimal !== thousands)
  const whole = fc.integer({ min: -9_999_999, max: 9_999_999 })
  const numbers = fc.tuple(whole, fc.constantFrom(1, 10, 100, 1000)).map(([value, scale]) => value / scale)
  const rowOf = (columns: number) => fc.array(numbers, { minLength: columns, maxLength: columns })
  const tables = fc.integer({ min: 1, max: 5 }).chain((columns) => fc.array(rowOf(columns), { minLength: 2, maxLength: 30 }))
  const byColumn = (table: number[][]) => table[0]!.map((_, column) => table.map((row) => row[column]))
  type Written = typeof layouts extends fc.Arbitrary<infer Layout> ? Layout : never

  const write = (table: number[][], layout: Written) => {
    const { delimiter, decimal, thousands: sign, header, units, preamble, end, quotes, footer } = layout
    const cell = (value: number) => {
      const [whole, fraction] = String(value).split('.')
      const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, thousands[sign])
      const text = fraction === undefined ? grouped : `${grouped}${decimal === 'comma' ? ',' : '.'}${fraction}`
      return quotes || text.includes(delimiters[delimiter].trim() || '\u0000') ? `"${text}"` : text
    }
    const columns = table[0]!.map((_, index) => index)
    return [
      ...Array.from({ length: preamble }, (_, index) => `Device ${index}: no name`),
      ...(header ? [columns.map((index) => `channel_${index}`).join(delimiters[delimiter])] : []),
      ...(header && units ? [columns.map(() => 'mV').join(delimiters[delimiter])] : []),
      ...table.map((row) => row.map(cell).join(delimiters[delimiter])),
      ...(footer ? ['End of file'] : []),
    ].join(end) + end
  }

  it('is read back equal, or refused', () => {
    let read = 0
    let all = 0
    fc.assert(fc.property(tables, layouts, (table, layout) => {
      const text = write(table, layout)
      const found = readTextTable(text)
      all += 1
      if (!found.ok) return
      read += 1
      expect(found.columns.map(({ values }) => [...values]), text).toEqual(byColumn(table))
      // With what is kept of the guess, the text is read the same.
      const again = readTextTable(text, found.layout)
      expect(again.ok && again.layout).toEqual(found.layout)
    }), { numRuns: repetitions(200) })
    expect(read / all).toBeGreaterThan(0.8)
  })

  it('is read back equal if the signs are chosen', () => {
    fc.assert(fc.property(tables, layouts, (table, layout) => {
      const { delimiter, decimal, thousands } = layout
      const chosen: Partial<TextLayout> = { delimiter: table[0]!.length === 1 ? 'none' : delimiter, decimal: decimal as 'point', thousands }
      const found = readTextTable(write(table, layout), chosen)
      if (found.ok) expect(found.columns.map(({ values }) => [...values])).toEqual(byColumn(table))
    }), { numRuns: repetitions(100) })
  })
})

describe('choosing a column', () => {
  const columns = columnsOf('Date,CO2,adjusted\nx,1,3\ny,2,4')
  const chosen = (wanted: string, of: Column[] = columns) => {
    const choice = chooseColumn(of, wanted)
    return choice.ok ? choice.column.name : choice.problems
  }

  it('takes the column with the given name, or the first that seems to be a signal', () => {
    expect([chosen('adjusted'), chosen('')]).toEqual(['adjusted', 'CO2'])
  })

  it.for([
    ['row numbers', ',value\n0,5\n1,11\n2,16\n3,23'],
    ['years', 'YEAR,value\n1700,5\n1701,11\n1702,16\n1703,23'],
    ['years without a name', '1700 5\n1701 11\n1702 16\n1703 23'],
    ['times of the day', 'Uhrzeit;value\n10:00;5\n10:01;11\n'],
    ['seconds', 'Zeit, s;value\n0,1;5,5\n0,2;11\n0,4;16\n'],
    ['months', 'Month,value\n1,5\n2,11\n3,16\n'],
    ['Unix times', 'when,value\n1709287200,5\n1709287210,11\n1709287230,16\n'],
    ['days of eight digits', 'day_code,value\n20240101,5\n20240102,11\n20240103,16\n'],
    ['a station', 'station,value\n10384,5\n10385,11\n10384,16\n'],
    ['a constant', 'gain,value\n7,5\n7,11\n7,16\n'],
  ])('never takes %s unless asked for', ([, text]) => {
    const found = columnsOf(text!)
    expect([['value'], ['#2']]).toContainEqual([chosen('', found)])
    expect(chosen(found[0]!.name, found)).toEqual(found[0]!.problem ? [found[0]!.problem] : found[0]!.name)
  })

  it('says why no column seems to be a signal', () => {
    expect(chosen('', columnsOf('year,month\n2000,1\n2000,2\n2000,3'))).toEqual([{
      path: 'Column', rule: `must be chosen, because no column seems to be a signal: 'year' is a calendar and 'month' is a calendar`, found: '',
    }])
  })

  it('lists the columns if the name is unknown', () => {
    expect(chosen('co2')).toEqual([{ path: 'Column', rule: `must be 'Date', 'CO2' or 'adjusted'`, found: `'co2'` }])
  })

  it('says why the chosen column cannot be used', () => {
    expect(chosen('Date')).toMatchObject([{ path: `Row 2, column 'Date'` }])
  })
})

describe('gaps', () => {
  const columns = columnsOf('a,b\n,1\n1,2\nNaN,3\n4,-\n5,6\n7,9\n')
  const samples = (how: 'interpolate' | 'drop' | 'refuse', of = columns) => {
    const read = samplesOf(of, how)
    return read.ok ? read.samples.map((own) => [...own]) : read.problems
  }

  it('are interpolated, dropped in all columns, or refused with their row', () => {
    expect(samples('interpolate', columns.slice(0, 1))).toEqual([[1, 2.5, 4, 5, 7]])
    expect(samples('interpolate')).toEqual([[1, 2.5, 4, 5, 7], [2, 3, 4.5, 6, 9]])
    expect(samples('drop')).toEqual([[1, 5, 7], [2, 6, 9]])
    expect(samples('refuse')).toEqual([
      { path: `Column 'a'`, rule: 'has 2 gaps, the first in row 2. Set gaps to interpolate or to drop', found: '' },
      { path: `Column 'b'`, rule: 'has 1 gap, the first in row 5. Set gaps to interpolate or to drop', found: '' },
    ])
  })

  it('leave the columns as they were read', () => {
    samples('interpolate')
    expect(columns[0]!.values[2]).toBeNaN()
  })
})
