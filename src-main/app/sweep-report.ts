import path from 'node:path'
import type { ComparisonSpec } from '../../src-engine/spec/sweep.ts'
import { reportFiles } from '../transfer/results/files.ts'
import type { StudyReport } from '../transfer/results/report.ts'
import { writeWithFolder } from '../transfer/write-file.ts'
import { type Kept, sectionOf } from './study-section.ts'

/** The tournament of a kept sweep as a report of its own. */
export async function sweepReport(
  app: Kept, sweepId: string, by: ComparisonSpec | null, applicationVersion: string,
): Promise<StudyReport> {
  const kept = (await app.sweeps.list()).find((sweep) => sweep.sweepId === sweepId)
  const title = kept?.name || 'Tournament'
  const section = await sectionOf(app, sweepId, by, { id: 'tournament', kind: 'schemes', title: 'Arms', intro: [] })
  return { title, applicationVersion, commands: ['chalcogen tournament sweep.json --out .'], sections: [section] }
}

/** Writes a report below `dir`, each file whole or not at all. @returns their paths */
export async function writeReport(report: StudyReport, dir: string): Promise<string[]> {
  const files = reportFiles(report).map(({ name, text }) => ({ file: path.resolve(dir, name), text }))
  for (const { file, text } of files) await writeWithFolder(file, text)
  return files.map(({ file }) => file)
}
