import { describe, expect, test } from 'vitest'
import { MOST_PREVIEW_CELLS, MOST_PREVIEW_ROWS, previewFile } from '../../../../src-engine/data/preview.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const whole = { isHead: false }
const head = { isHead: true }
const german = 'Gerät: ZP-12\n\nZeit;Kraft;Weg\ns;kN;µm\n0,0;1,5;7\n0,1;2,5;9\n# Pause\n0,2;3,5;8\n'

describe('the preview of a text', () => {
  test('shows every row as it is in the file, and what it is for', () => {
    const { rows, table } = previewFile(latin(german), {}, whole)
    expect(table.ok).toBe(true)
    expect(rows.map(({ line, kind, cells }) => [line, kind, cells[0]])).toEqual([
      [1, 'left out', 'Gerät: ZP-12'], [2, 'left out', ''], [3, 'names', 'Zeit'], [4, 'units', 's'],
      [5, 'numbers', '0,0'], [6, 'numbers', '0,1'], [7, 'left out', '# Pause'], [8, 'numbers', '0,2'],
    ])
    expect(rows[3]!.cells).toEqual(['s', 'kN', 'µm'])
  })

  test('shows the rows of a text that is refused', () => {
    const { rows, table } = previewFile(latin('1,5\n2,5\n3,5\n'), {}, whole)
    expect(table.ok).toBe(false)
    expect(rows).toEqual([1, 2, 3].map((line) => ({ line, kind: 'left out', cells: [`${line},5`] })))
  })

  test('begins near a table that is far down', () => {
    const { rows } = previewFile(latin(`${'about: this\n'.repeat(300)}a,b\n1,2\n3,4\n`), {}, whole)
    expect(rows[0]!.line).toBe(293)
    expect(rows.find(({ kind }) => kind === 'names')?.line).toBe(301)
  })

  test('is bounded, and its cells are on one line', () => {
    const row = `${'"a\nb"'},${'x'.repeat(5000)},${'1,'.repeat(500)}1\n`
    const { rows } = previewFile(latin(row.repeat(200)), { delimiter: 'comma' }, whole)
    expect(rows.length).toBeLessThanOrEqual(MOST_PREVIEW_ROWS)
    expect(Math.max(...rows.map(({ cells }) => cells.length))).toBe(MOST_PREVIEW_CELLS)
    expect(rows[0]!.cells.slice(0, 2)).toEqual(['a\\nb', `${'x'.repeat(60)}…`])
  })
})

describe('the beginning of a longer text', () => {
  test.each([
    ['a row that is cut', latin('a;b\n1;2\n3;4\n5;6').subarray(0, 14)],
    ['a character that is cut', Buffer.from('a;b\n1;2\n3;4\n5;°').subarray(0, -1)],
    ['a wide character that is cut', Buffer.from('\ufeffa;b\n1;2\n3;4\n5;6', 'utf16le').subarray(0, -1)],
  ])('is read without %s', (_, bytes) => {
    const { table } = previewFile(bytes, {}, head)
    expect(table.ok && table.columns.map(({ values }) => [...values])).toEqual([[1, 3], [2, 4]])
  })

  test('has the layout of the whole text', () => {
    const text = `t;x\n${Array.from({ length: 40_000 }, (_, row) => `${row},5;${row % 7},25\n`).join('')}`
    const [first, all] = [previewFile(latin(text.slice(0, 2 ** 18)), {}, head), previewFile(latin(text), {}, whole)]
    expect(first.table).toMatchObject({ ok: true, layout: (all.table as { layout: object }).layout, confidence: 'certain' })
    expect(first.rows).toEqual(all.rows)
  })

  test('reports how much is read', () => {
    const shares: number[] = []
    previewFile(latin(`x\n${'1.5\n'.repeat(20_000)}`), {}, { isHead: false, onProgress: (share) => { shares.push(share) } })
    expect(shares.length).toBe(4)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
  })
})
