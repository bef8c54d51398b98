import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { tableValue } from '../../../src-engine/experiment/parameters.ts'
import { csv, type Row } from '../csv.ts'
import { costsOf, meanCosts } from './costs.ts'
import { facetsOf, initialSetsOf, type StudyReport, type StudySection } from './report.ts'

const armColumns = [
  'arm', 'scheme', 'mode', 'conventions', 'n', 'mean', 'sd', 'lower', 'upper', 'worst', 'pairs', 'difference', 'differenceLower',
  'differenceUpper', 'p', 'pCorrected', 'set', 'energy', 'writeEnergy', 'readEnergy', 'writeTime', 'initialSets', 'learned', 'untrained', 'silent', 'diverged',
  'failed', 'unfinished',
]
const runColumns = [
  'section', 'arm', 'seed', 'loss', 'epochs', 'set', 'reset', 'read', 'energy', 'writeEnergy', 'readEnergy', 'writeTime', 'outcome', 'reasons',
]

/** Swept parameters by their paths, for sections that know their sweep. */
const parametersOf = (sections: readonly StudySection[]): string[] =>
  [...new Set(sections.flatMap(({ sweep }) => sweep?.arms.flatMap(({ changes }) => changes.map(({ path }) => path)) ?? []))]

/** Columns and cells that name the sweep, the scheme and the parameters of an arm. */
function originOf(sections: readonly StudySection[], known: readonly string[]) {
  const parameters = parametersOf(sections)
  const columns = sections.some(({ sweep }) => sweep) ? ['sweepId', 'scheme', ...parameters].filter((name) => !known.includes(name)) : []
  const cells = ({ sweep }: StudySection, arm: number): Row => {
    const own = sweep?.arms[arm]
    if (!sweep || !own) return {}
    const values = new Map(own.changes.map(({ path, value }) => [path, value]))
    const cellsOfParameters = Object.fromEntries(parameters.map((path) => [path, tableValue(values.get(path))]))
    return { sweepId: sweep.sweepId, scheme: own.scheme, ...cellsOfParameters }
  }
  return { columns, cells }
}

/** CSV with one line per arm, in table order and full precision. Energies are in µJ, times in ms; losses are those of the tasks. */
export function armsCsv(section: StudySection): string {
  const origin = originOf([section], armColumns)
  const { arms } = section.comparison
  const rows = arms.map((arm) => ({ ...armCells(section, arm), ...origin.cells(section, arm.arm) }))
  return csv([...armColumns, ...origin.columns], rows)
}

function armCells(section: StudySection, arm: ComparedArm): Row {
  const facets = facetsOf(section, arm)
  const { label, sample, interval, worst, test, set, energy, outcomes, failed, unfinished } = arm
  return {
    arm: label, scheme: facets?.scheme ?? null, mode: facets?.mode ?? null, conventions: facets?.conventions ?? null,
    ...sample, mean: sample.n > 0 ? sample.mean : null,
    lower: interval?.[0] ?? null, upper: interval?.[1] ?? null, worst,
    pairs: test?.pairs ?? null, difference: test?.difference ?? null,
    differenceLower: test?.interval?.[0] ?? null, differenceUpper: test?.interval?.[1] ?? null,
    p: test?.p ?? null, pCorrected: test?.corrected ?? null,
    set, energy, ...meanCosts(arm, section.comparison), initialSets: initialSetsOf(section, arm), ...outcomes, failed, unfinished,
  }
}

/**
 * CSV with one line per run of all sections. `search` counts the independent searches that the settings of an arm are from.
 * Ids are left out unless a section names its sweep, because they differ between libraries.
 * All runs that are compared are finished.
 */
export function runsCsv({ sections }: StudyReport): string {
  const origin = originOf(sections, runColumns)
  const ids = origin.columns.length > 0 ? ['runId'] : []
  const searches = sections.some(({ comparison: { arms } }) => arms.some(({ restarts }) => restarts !== undefined)) ? ['search'] : []
  return csv([...runColumns, ...searches, ...ids, ...origin.columns], sections.flatMap((section) =>
    section.comparison.arms.flatMap(({ arm, label, runs }) => runs.map(({ stability, ...run }, index) => ({
      ...run, ...costsOf(run, section.comparison), section: section.id, arm: label, outcome: stability.outcome, reasons: stability.reasons.join('; '),
      search: 1 + runs.slice(0, index).filter(({ seed }) => seed === run.seed).length,
      ...origin.cells(section, arm),
    })))))
}
