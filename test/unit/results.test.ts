import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { latexNumber, resultText } from '../../src-main/transfer/results/numbers.ts'

interface Arm { arm: string, mean: number, worst: number, set: number }

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const arms = Papa.parse<Arm>(textOf('docs/results/table-schemes.csv'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data

/** Rows of the README's table of results. */
const rows = textOf('README.md').split('\n').filter((line) => /^\| [^|]*\| [\d.]+ \(/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('the README has the numbers of docs/results for every scheme, except Update-ready, whose are not valid', () => {
  const armOf = (label: string) => arms.find(({ arm }) => arm === label)!
  const cell = ({ mean, worst }: Arm) => `${resultText(mean)} (${resultText(worst)})`
  expect(rows).toHaveLength(7)
  expect(rows.map(([, name]) => name)).not.toContain('Update-ready')
  for (const [, name, noiseless, full, sets] of rows) {
    if (name!.startsWith('digital: ')) {
      expect([noiseless, full, sets]).toEqual([cell(armOf(name!.replace('digital: ', ''))), '', ''])
      continue
    }
    const onPcm = armOf(`${name}, full PCM model`)
    expect([noiseless, full, sets!.replaceAll(' ', '')])
      .toEqual([cell(armOf(`${name}, performance mode`)), cell(onPcm), resultText(onPcm.set, 4).replaceAll(/\s/g, '')])
  }
})

interface Row extends Arm { sd: number, lower: number, upper: number, energy: number, n: number }

/** What the report and its LaTeX table write about an arm. */
const asReported = ({ n, mean, sd, lower, upper, worst, set, energy }: Row) => {
  const [interval, last] = [[lower, upper].map((end) => resultText(end)), [resultText(set, 4), resultText(energy)]]
  return {
    markdown: [n, resultText(mean), resultText(sd), interval.join(' to '), resultText(worst)].join(' | '),
    end: last.join(' | '),
    latex: [
      n, `$${latexNumber(resultText(mean))} \\pm ${latexNumber(resultText(sd))}$`, `$[${interval.map(latexNumber).join(', ')}]$`,
      `$${latexNumber(resultText(worst))}$`,
    ].join(' & '),
  }
}

test.each(['schemes', 'published', 'ablation', 'conventions'])('docs/results writes the numbers of table-%s.csv as the generator does', (id) => {
  const table = Papa.parse<Row>(textOf(`docs/results/table-${id}.csv`), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
  const [report, latex] = [textOf('docs/results.md'), textOf(`docs/results/table-${id}.tex`)]
  expect(table.length).toBeGreaterThan(0)
  for (const { markdown, end, latex: line } of table.map(asReported)) {
    expect(report).toContain(`| ${markdown} |`)
    expect(report).toContain(`| ${end} |`)
    expect(latex).toContain(line)
  }
})
