import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { resamplingDraws } from '../../src-engine/statistics/bootstrap.ts'
import type { ComparedRun, Comparison, Outcome } from '../../src-engine/statistics/comparison.ts'
import { nestedBootstrapInterval } from '../../src-engine/statistics/nested-bootstrap.ts'
import { checkStudy } from '../../src-engine/study/check-study.ts'
import { checkClaim } from '../../src-engine/study/claims.ts'
import { escaped, findingLine, refusedLine } from '../../src-main/transfer/results/markdown.ts'
import { armOf, comparisonOf } from '../fixtures/study-report.ts'

interface Row extends Omit<ComparedRun, 'stability' | 'runId'> { section: string; arm: string; outcome: Outcome; search?: number }

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const rows = Papa.parse<Row>(textOf('docs/results/runs.csv'), { header: true, dynamicTyping: true, skipEmptyLines: true }).data
const checked = checkStudy(JSON.parse(textOf('resources/studies/paper.json')))
if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
const { study } = checked

/** The arms of a section as its runs in docs/results give them. */
function comparisonIn(section: string): Comparison {
  const byArm = [...Map.groupBy(rows.filter((row) => row.section === section), ({ arm }) => arm)]
  const draws = resamplingDraws(Math.max(...byArm.map(([, own]) => own.length)))
  return comparisonOf([], { arms: byArm.map(([label, own]) => {
    const runs = own.map(({ outcome, ...run }) => ({ ...run, runId: '', stability: { outcome, reasons: [] } }))
    const restarts = [...Map.groupBy(own, ({ search = 1 }) => search).values()]
    const interval = nestedBootstrapInterval(restarts.map((some) => some.map(({ loss }) => loss)), null, draws)
    return armOf(label, runs, { interval, ...(restarts.length > 1 && { restarts: restarts.length }) })
  }) })
}

/** Lines of the list below a heading. */
const bulletsBelow = (text: string, heading: string) =>
  (text.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0]!.split('\n').filter((line) => line.startsWith('- '))

describe('the findings of docs/results.md', () => {
  const lines = bulletsBelow(textOf('docs/results.md'), 'What it found')
  const refused = bulletsBelow(textOf('docs/results.md'), 'What these runs do not support')

  it.each(study.claims)('$id follows from its rows in runs.csv, with these numbers, or is named as not supported', (claim) => {
    const found = checkClaim(claim, comparisonIn(claim.section), escaped)
    if (found.refused.length > 0) expect(refused).toContain(refusedLine(found))
    else expect(lines).toContain(findingLine(found, study.sections.find(({ id }) => id === claim.section)!.title))
  })

  it('are the claims of the study and no others', () => {
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.length + refused.length).toBe(study.claims.length)
  })

  it('are what the README lists, each with a link to its table', () => {
    const linked = lines.map((line) => line.replaceAll('](#', '](docs/results.md#'))
    for (const line of bulletsBelow(textOf('README.md'), 'What it found')) expect(linked).toContain(line)
  })
})
