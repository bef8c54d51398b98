import { csv } from '../run-csv.ts'
import { facetsOf, type StudyReport, type StudySection } from './report.ts'

const armColumns = [
  'arm', 'scheme', 'mode', 'conventions', 'n', 'mean', 'sd', 'lower', 'upper', 'worst', 'pairs', 'difference', 'differenceLower',
  'differenceUpper', 'p', 'pCorrected', 'set', 'energy', 'learned', 'untrained', 'silent', 'diverged', 'failed', 'unfinished',
]
const runColumns = [
  'section', 'arm', 'seed', 'loss', 'epochs', 'set', 'reset', 'read', 'energy', 'outcome', 'reasons',
]

/** CSV with one line per arm, in table order and full precision. Energies are in µJ; losses are MSE. */
export const armsCsv = (section: StudySection): string => csv(armColumns, section.comparison.arms.map((arm) => {
  const facets = facetsOf(section, arm)
  const { label, sample, interval, worst, test, set, energy, outcomes, failed, unfinished } = arm
  return {
    arm: label, scheme: facets?.scheme ?? null, mode: facets?.mode ?? null, conventions: facets?.conventions ?? null,
    ...sample, mean: sample.n > 0 ? sample.mean : null,
    lower: interval?.[0] ?? null, upper: interval?.[1] ?? null, worst,
    pairs: test?.pairs ?? null, difference: test?.difference ?? null,
    differenceLower: test?.interval?.[0] ?? null, differenceUpper: test?.interval?.[1] ?? null,
    p: test?.p ?? null, pCorrected: test?.corrected ?? null,
    set, energy, ...outcomes, failed, unfinished,
  }
}))

/** CSV with one line per run of all sections. Run ids are left out, because they differ between libraries. */
export const runsCsv = ({ sections }: StudyReport): string => csv(runColumns, sections.flatMap((section) =>
  section.comparison.arms.flatMap(({ label, runs }) => runs.map(({ stability, ...run }) => ({
    ...run, section: section.id, arm: label, outcome: stability.outcome, reasons: stability.reasons.join('; '),
  })))))
