import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { latexNumber, resultText } from '../../src-main/transfer/results/numbers.ts'

interface Arm { arm: string, mean: number, worst: number, set: number }

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const arms = Papa.parse<Arm>(textOf('docs/results/table-schemes.csv'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data

/** Rows of the README's table of results: scheme, 3 bits, 8 bits, full PCM model, SETs. */
const rows = textOf('README.md').split('\n').filter((line) => /^\| [^|]*\|( [\d.]+ \(|  \|)/.test(line))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))

test('the README has the numbers of docs/results for every scheme', () => {
  const armOf = (label: string) => arms.find(({ arm }) => arm === label)!
  const cell = ({ mean, worst }: Arm) => `${resultText(mean)} (${resultText(worst)})`
  expect(rows).toHaveLength(8)
  for (const [name, threeBits, eightBits, full, sets] of rows) {
    if (name!.startsWith('digital: ')) expect([threeBits, eightBits, full, sets]).toEqual(['', '', cell(armOf(name!.replace('digital: ', ''))), ''])
    else {
      const onPcm = armOf(`${name}, full PCM model`)
      expect([threeBits, eightBits, full]).toEqual([cell(armOf(`${name}, 3 bits`)), cell(armOf(`${name}, 8 bits`)), cell(onPcm)])
      expect(sets!.replaceAll(/\s/g, '')).toBe(resultText(onPcm.set, 4).replaceAll(/\s/g, ''))
    }
  }
})

interface Row extends Arm { sd: number, lower: number, upper: number, writeEnergy: number }

/** What the report and its LaTeX table write about an arm. */
const asReported = ({ mean, sd, lower, upper, worst, set, writeEnergy }: Row) => {
  const interval = [lower, upper].map((end) => resultText(end))
  const last = [resultText(set, 4), resultText(writeEnergy)]
  return {
    markdown: [resultText(mean), resultText(sd), interval.join(' to '), resultText(worst)].join(' | '),
    end: last.join(' | '),
    latex: [
      `$${latexNumber(resultText(mean))} \\pm ${latexNumber(resultText(sd))}$`, `$[${interval.map(latexNumber).join(', ')}]$`,
      `$${latexNumber(resultText(worst))}$`,
    ].join(' & '),
  }
}

const sections = ['schemes', 'write-energy', 'swap-full', 'swap-8', 'published', 'conventions', 'ablation', 'retuned']
test.each(sections)('docs/results writes the numbers of table-%s.csv as the generator does', (id) => {
  const table = Papa.parse<Row>(textOf(`docs/results/table-${id}.csv`), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
  const [report, latex] = [textOf('docs/results.md'), textOf(`docs/results/table-${id}.tex`)]
  expect(table.length).toBeGreaterThan(0)
  // An arm with a run whose loss is not finite has no mean.
  for (const { markdown, end, latex: line } of table.filter(({ mean }) => Number.isFinite(mean)).map(asReported)) {
    expect(report).toContain(`| ${markdown} |`)
    expect(report).toContain(`| ${end} |`)
    expect(latex).toContain(line)
  }
})
