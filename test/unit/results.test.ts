import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { unicodeNumber, written } from '../../src-main/transfer/results/numbers.ts'

interface Arm { arm: string, mean: number, worst: number, set: number }

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const arms = Papa.parse<Arm>(textOf('docs/results/table-schemes.csv'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
const number = (value: number, digits?: number) => unicodeNumber(written(value, digits))

/** Rows of the README's table of results. */
const rows = textOf('README.md').split('\n').filter((line) => /^\| [^|]*\| [\d.]+ \(/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('the README has the numbers of docs/results for every scheme', () => {
  const armOf = (label: string) => arms.find(({ arm }) => arm === label)!
  const cell = ({ mean, worst }: Arm) => `${number(mean)} (${number(worst)})`
  expect(rows).toHaveLength(8)
  for (const [, name, noiseless, full, sets] of rows) {
    if (name.startsWith('digital: ')) {
      expect([noiseless, full, sets]).toEqual([cell(armOf(name.replace('digital: ', ''))), '', ''])
      continue
    }
    const onPcm = armOf(`${name}, full PCM model`)
    expect([noiseless, full, sets.replaceAll(' ', '')])
      .toEqual([cell(armOf(`${name}, performance mode`)), cell(onPcm), number(onPcm.set, 4).replaceAll(/\s/g, '')])
  }
})
