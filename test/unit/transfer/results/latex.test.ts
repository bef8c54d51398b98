import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latexTable, latexText } from '../../../../src-main/transfer/results/latex.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const { sections } = studyReport()

test('escapes special characters', () => {
  expect(latexText('50 % & $1 #2 a_b {c} ~ ^ \\x')).toBe('50 \\% \\& \\$1 \\#2 a\\_b \\{c\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}x')
  expect(latexText('ε = 0.5 µS ± 1 − 2')).toBe('$\\varepsilon$ = 0.5 $\\mu$S $\\pm$ 1 $-$ 2')
})

test('never leaves a brace open or a special character unescaped', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
    const left = latexText(text).replace(/\\textbackslash\{\}|\\text[a-z]+\{\}|\\[&%$#_{}]|\$[<>|]\$/g, '')
    expect(left).not.toMatch(/[\\&%$#_{}~^<>|]/)
  }))
})

test('every row has one cell per column', () => {
  for (const section of sections) {
    const table = latexTable(section)
    const columns = /\\begin\{tabular\}\{(\w+)\}/.exec(table)![1]!.length
    const rows = table.split('\n').filter((line) => line.endsWith('\\\\') && !line.includes('\\multicolumn'))
    expect(rows).toHaveLength(section.comparison.arms.length + 1)
    for (const row of rows) expect(row.split(/(?<!\\)&/)).toHaveLength(columns)
  }
})

test('writes a booktabs table with caption, label and mean ± SD', () => {
  const table = latexTable(sections[0]!)
  for (const part of ['\\toprule', '\\midrule', '\\bottomrule', '\\label{tab:schemes}', '\\caption{Schemes: MSE']) expect(table).toContain(part)
  expect(table).toMatch(/Mixed precision & 10 & \$[\d.]+ \\pm [\d.]+\$ & \$\[[\d.]+, [\d.]+\]\$/)
  expect(table).toMatch(/Stochastic & 0 & -- & -- & -- & -- & -- & -- & -- & -- & no runs/)
})

test('a name that starts with a bracket does not become an argument of the line before', () => {
  const comparison = comparisonOf([armOf('[a]', [runOf()]), armOf('*', [runOf({ loss: 1 })])])
  const table = latexTable({ id: 'x', title: 'X', intro: [], kind: 'ablation', comparison })
  expect(table).toContain('    {}[a] &')
  expect(table).toContain('    {}* &')
})

test('writes the powers of ten and thin spaces of labels', () => {
  expect(latexText('Rate 7.74251 × 10⁻⁵, 12\u202f345, G⁺, x²')).toBe('Rate 7.74251 $\\times$ 10$^{-5}$, 12\\,345, G$^{+}$, x$^{2}$')
})
