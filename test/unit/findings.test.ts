import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { ComparedRun, Outcome } from '../../src-engine/statistics/comparison.ts'
import { checkStudy } from '../../src-engine/study/check-study.ts'
import { checkClaim } from '../../src-engine/study/claims.ts'
import { escaped, findingLine } from '../../src-main/transfer/results/markdown.ts'
import { armOf, comparisonOf } from '../fixtures/study-report.ts'

interface Row extends Omit<ComparedRun, 'stability' | 'runId'> { section: string; arm: string; outcome: Outcome; search?: number }

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const rows = Papa.parse<Row>(textOf('docs/results/runs.csv'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
const checked = checkStudy(JSON.parse(textOf('resources/studies/paper.json')))
if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
const { study } = checked

/** The comparison of a section as its runs in docs/results give it. */
function comparisonIn(section: string) {
  const arms = Map.groupBy(rows.filter((row) => row.section === section), ({ arm }) => arm)
  return comparisonOf([...arms].map(([label, own]) => {
    const searches = Math.max(1, ...own.map(({ search = 1 }) => search))
    const runs = own.map(({ outcome, ...run }) => ({ ...run, runId: '', stability: { outcome, reasons: [] } }))
    return armOf(label, runs, searches > 1 ? { restarts: searches } : {})
  }))
}

/** Lines of the list below a heading. */
const bulletsBelow = (text: string, heading: string) =>
  (text.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0]!.split('\n').filter((line) => line.startsWith('- '))

describe('the findings of docs/results.md', () => {
  const lines = bulletsBelow(textOf('docs/results.md'), 'What it found')

  it.each(study.claims)('$id follows from its rows in runs.csv, with these numbers', (claim) => {
    const found = checkClaim(claim, comparisonIn(claim.section), escaped)
    expect(found.refused).toEqual([])
    expect(lines).toContain(findingLine(found, study.sections.find(({ id }) => id === claim.section)!.title))
  })

  it('are the claims of the study and no others', () => expect(lines).toHaveLength(study.claims.length))

  it('are what the README lists, each with a link to its table', () => {
    const linked = lines.map((line) => line.replaceAll('](#', '](docs/results.md#'))
    for (const line of bulletsBelow(textOf('README.md'), 'What it found')) expect(linked).toContain(line)
  })
})
