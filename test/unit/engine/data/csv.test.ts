import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseColumn } from '../../../../src-engine/data/column.ts'
import { parseCsvColumns } from '../../../../src-engine/data/csv.ts'

function columnsOf(text: string) {
  const table = parseCsvColumns(text)
  if (!table.ok) throw new Error(JSON.stringify(table.problems))
  return table.columns
}

const valuesOf = (text: string) => Object.fromEntries(columnsOf(text).map(({ name, values }) => [name, values]))
const refusalOf = (text: string) => {
  const table = parseCsvColumns(text)
  return table.ok ? null : table.problems
}

describe('a CSV text', () => {
  it('has columns of numbers, and names the first wrong cell of any other column', () => {
    const columns = columnsOf('Date,CO2\r\n1958-03-01,315.70\r\n1958-04-01,317.46\r\n')
    expect(columns).toEqual([
      { name: 'Date', values: [], problem: { path: `Row 2, column 'Date'`, rule: 'must be a finite number', found: `'1958-03-01'` } },
      { name: 'CO2', values: [315.7, 317.46], problem: null },
    ])
  })

  it.for([
    ['comma', 'a,b\n1,2\n3,4'],
    ['semicolon', 'a;b\n1;2\n3;4'],
    ['tab', 'a\tb\n1\t2\n3\t4'],
    ['carriage return', 'a,b\r1,2\r3,4\r'],
    ['blank lines', '\na,b\n\n1,2\n3,4\n\n'],
    ['quotes and spaces', '" a ","b"\n"1", 2 \n3,"4"'],
    ['a byte order mark', '\ufeffa,b\n1,2\n3,4'],
    ['empty cells past the header', 'a,b\n1,2,\n3,4,'],
  ])('may have %s', ([, text]) => {
    expect(valuesOf(text!)).toEqual({ a: [1, 3], b: [2, 4] })
  })

  it('with one column needs no delimiter', () => {
    expect(valuesOf('signal\n1\n-2.5e-3\n.5\n5.\n+1\n')).toEqual({ signal: [1, -0.0025, 0.5, 5, 1] })
  })

  it.for(['', 'drizzle', 'NaN', 'Infinity', '1e999', '0x10', '1 2', '--1', '1e', '.', 'null'])('refuses %j as a number, and names row and column', (cell) => {
    const problematic = columnsOf(`a,b\n1,2\n3,4\n\n5,${cell}\n7,8`)[1]!
    expect(problematic.values).toEqual([])
    expect(problematic.problem).toEqual({ path: `Row 5, column 'b'`, rule: 'must be a finite number', found: cell === '' ? 'an empty cell' : `'${cell}'` })
  })

  it('treats a missing cell as an empty one', () => {
    expect(columnsOf('a,b\n1,2\n3\n')[1]!.problem).toMatchObject({ path: `Row 3, column 'b'`, found: 'an empty cell' })
  })

  it('shows only the start of a long cell', () => {
    expect(columnsOf(`a,b\n1,${'x'.repeat(10_000)}\n2,3`)[1]!.problem!.found.length).toBeLessThan(60)
  })

  it('names an unnamed column by its position, and refuses a second column with the same name', () => {
    const columns = columnsOf('a,,a\n1,2,3\n4,5,6')
    expect(columns.map(({ name, values }) => [name, values])).toEqual([['a', [1, 4]], ['#2', [2, 5]], ['a', []]])
    expect(columns[2]!.problem).toMatchObject({ found: 'a second column with this name' })
  })

  it('needs two rows of numbers', () => {
    expect(columnsOf('a,b\n1,2')[0]!.problem).toEqual({ path: `Column 'a'`, rule: 'must have at least 2 rows', found: '1 row' })
    expect(columnsOf('a,b')[1]!.problem).toMatchObject({ found: '0 rows' })
  })

  it.for([
    ['', '', 'an empty file'],
    ['\n \n', '', 'an empty file'],
    ['1,2\n3,4', 'Row 1', 'only numbers'],
    ['a,b\n1,2\n3,4,5', 'Row 3', '3 cells'],
    ['signal\n1,5\n2,5', 'Row 2', '2 cells'],
    ['a,b\n1,"2\n3,4', 'Row 2', ''],
    [Array.from({ length: 1001 }, (_, i) => `c${i}`).join(), 'Row 1', '1001 columns'],
  ])('is refused entirely: %j', ([text, path, found]) => {
    expect(refusalOf(text!)).toEqual([{ path, rule: expect.stringMatching(/^(must|has) ./), found }])
  })

  it('keeps every bit of every finite number', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(fc.property(fc.array(fc.tuple(finite, finite), { minLength: 2 }), (rows) => {
      const text = ['a,b', ...rows.map((row) => row.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join())].join('\n')
      expect(valuesOf(text)).toEqual({ a: rows.map(([a]) => a), b: rows.map(([, b]) => b) })
    }))
  })

  it('never throws for any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', '\t', ' ', '\u0000') }), (text) => {
      const table = parseCsvColumns(text)
      expect(table.ok ? table.columns.length : table.problems.length).toBeGreaterThan(0)
    }))
  })
})

describe('choosing a column', () => {
  const columns = columnsOf('Date,CO2,adjusted\nx,1,3\ny,2,4')

  it('chooses the column with the given name', () => {
    expect(chooseColumn(columns, 'adjusted')).toEqual({ ok: true, values: [3, 4] })
  })

  it('chooses the first column of numbers if no name is given', () => {
    expect(chooseColumn(columns, '')).toEqual({ ok: true, values: [1, 2] })
  })

  it('lists the columns if the name is unknown', () => {
    expect(chooseColumn(columns, 'co2')).toEqual({ ok: false, problems: [{ path: 'Column', rule: `must be 'Date', 'CO2' or 'adjusted'`, found: `'co2'` }] })
  })

  it('says why the chosen column, or every column, cannot be used', () => {
    expect(chooseColumn(columns, 'Date')).toMatchObject({ ok: false, problems: [{ path: `Row 2, column 'Date'` }] })
    expect(chooseColumn(columnsOf('a,b\nx,y\nz,w'), '')).toMatchObject({ ok: false, problems: [{ found: `'x'` }, { found: `'y'` }] })
  })
})
