import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latexTable, latexText } from '../../../../src-main/transfer/results/latex.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const { sections } = studyReport()

test('special characters are printed, not obeyed', () => {
  expect(latexText('50 % & $1 #2 a_b {c} ~ ^ \\x')).toBe('50 \\% \\& \\$1 \\#2 a\\_b \\{c\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}x')
  expect(latexText('ε = 0.5 µS ± 1 − 2')).toBe('$\\varepsilon$ = 0.5 $\\mu$S $\\pm$ 1 $-$ 2')
})

test('no text leaves a brace open or a special character bare', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
    const left = latexText(text).replace(/\\textbackslash\{\}|\\text[a-z]+\{\}|\\[&%$#_{}]|\$[<>|]\$/g, '')
    expect(left).not.toMatch(/[\\&%$#_{}~^<>|]/)
  }))
})

test('every row has as many cells as the table has columns', () => {
  for (const section of sections) {
    const table = latexTable(section)
    const columns = /\\begin\{tabular\}\{(\w+)\}/.exec(table)![1].length
    const rows = table.split('\n').filter((line) => line.endsWith('\\\\') && !line.includes('\\multicolumn'))
    expect(rows).toHaveLength(section.comparison.arms.length + 1)
    for (const row of rows) expect(row.split(/(?<!\\)&/)).toHaveLength(columns)
  }
})

test('the table is of booktabs, with caption, label and mean ± SD in math', () => {
  const table = latexTable(sections[0])
  for (const part of ['\\toprule', '\\midrule', '\\bottomrule', '\\label{tab:schemes}', '\\caption{Schemes: MSE']) expect(table).toContain(part)
  expect(table).toMatch(/Mixed precision & 10 & \$[\d.]+ \\pm [\d.]+\$ & \$\[[\d.]+, [\d.]+\]\$/)
  expect(table).toMatch(/Stochastic & 0 & -- & -- & -- & -- & -- & -- & -- & -- & no run/)
})

test('a name that begins with a bracket does not become an argument of the line before', () => {
  const comparison = comparisonOf([armOf('[a]', [runOf()]), armOf('*', [runOf({ loss: 1 })])])
  const table = latexTable({ id: 'x', title: 'X', intro: [], kind: 'ablation', comparison })
  expect(table).toContain('    {}[a] &')
  expect(table).toContain('    {}* &')
})
