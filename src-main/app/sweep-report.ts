import path from 'node:path'
import type { ComparisonSpec } from '../../src-engine/experiment/sweep.ts'
import { expansionOf } from '../../src-engine/sweep/expand-sweep.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import { reportFiles } from '../transfer/results/files.ts'
import type { StudyReport, SweepOfSection } from '../transfer/results/report.ts'
import { writeWithFolder } from '../transfer/write-file.ts'
import { inSlices } from './in-slices.ts'
import { type ReportSource, sectionOf } from './study-section.ts'

/** Report on the tournament of a saved sweep. */
export async function sweepReport(
  source: ReportSource, sweepId: string, by: ComparisonSpec | null, applicationVersion: string,
): Promise<StudyReport> {
  const saved = (await source.sweeps.list()).find((sweep) => sweep.sweepId === sweepId)
  const title = saved?.name || 'Tournament'
  const section = await sectionOf(source, sweepId, by, { id: 'tournament', kind: 'schemes', title: 'Arms', intro: [] })
  const sections = [saved ? { ...section, sweep: { sweepId, arms: await armsOf(saved) } } : section]
  return { title, applicationVersion, commands: ['chalcogen tournament sweep.json --out .'], sections }
}

/** Scheme and parameters of each arm. None if the document can no longer be read. */
async function armsOf({ document }: SweepRecord): Promise<SweepOfSection['arms']> {
  const expanded = await inSlices(expansionOf(document))
  return expanded.ok ? expanded.arms.map(({ spec, changes }) => ({ scheme: spec.scheme.kind, changes })) : []
}

/** Write a report below `dir`. Each file is written completely or not at all. @returns the paths */
export async function writeReport(report: StudyReport, dir: string): Promise<string[]> {
  const files = reportFiles(report).map(({ name, text }) => ({ file: path.resolve(dir, name), text }))
  for (const { file, text } of files) await writeWithFolder(file, text)
  return files.map(({ file }) => file)
}
