import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { reportFiles } from '../../../../src-main/transfer/results/files.ts'
import { studyReport } from '../../../fixtures/study-report.ts'

const report = studyReport()
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
const digests = () => reportFiles(report).map(({ name, text }) => `${name} ${digestOf(text)}`)

test('the report comes first, and every linked file exists once', () => {
  const files = reportFiles(report)
  const names = files.map(({ name }) => name)
  expect(names[0]).toBe('results.md')
  expect(new Set(names).size).toBe(names.length)
  const links = Array.from(files[0]!.text.matchAll(/\]\(([^)]+)\)/g), ([, link]) => link)
  expect(links).toContain('results/schemes.svg')
  expect(links.toSorted()).toEqual(names.slice(1).toSorted())
})

test('the same report gives the same bytes, also in another process', () => {
  const script = `
    import { createHash } from 'node:crypto'
    import { reportFiles } from './src-main/transfer/results/files.ts'
    import { studyReport } from './test/fixtures/study-report.ts'
    for (const { name, text } of reportFiles(studyReport())) console.log(name, createHash('sha256').update(text).digest('hex'))
  `
  const here = digests()
  expect(digests()).toEqual(here)
  const there = execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', script], { encoding: 'utf8' })
  expect(there.trim().split('\n')).toEqual(here)
})

test('no file contains run ids, which differ between libraries', () => {
  for (const { text } of reportFiles(report)) expect(text).not.toContain('unlike-elsewhere')
})

test('writes all files for studies without sections and sections without arms', () => {
  expect(reportFiles({ ...report, sections: [] }).map(({ name }) => name)).toEqual(['results.md', 'results/runs.csv'])
  const sections = report.sections.map((section) =>
    ({ ...section, traces: [], comparison: { ...section.comparison, arms: [], reference: '' } }))
  const files = reportFiles({ ...report, sections })
  expect(files).toHaveLength(11)
  for (const { name, text } of files) {
    if (name.endsWith('.svg') || name.endsWith('.md')) expect(text).toContain('No arm has been compared')
  }
})
