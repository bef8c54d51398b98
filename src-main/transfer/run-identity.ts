import { importedFields } from '../../src-engine/experiment/task.ts'
import { leafValues, tableValue } from '../../src-engine/experiment/parameters.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { RunDetail, RunSummary, UnreadableRun } from '../contract/run.ts'
import type { Arm } from '../contract/sweep.ts'
import type { Row } from './csv.ts'

/** A run without its data. */
export type Outline = Pick<RunDetail, 'summary' | 'spec'> | Pick<UnreadableRun, 'summary' | 'texts'>

/** Arms of the sweeps that the runs belong to, by sweep. A sweep that is no longer in the library is missing. */
export type ArmsOfSweeps = ReadonlyMap<string, readonly Arm[]>

/** Columns that tell the runs of a table apart, and their cells. */
export interface Identity {
  columns: string[]
  cells(run: Outline): Row
}

/** The seed, labels and scheme have their own columns. Samples of a signal are named by its file and column. */
const notParameters = new Set(['seed', 'name', 'preset', 'scheme.kind', ...importedFields])

/**
 * Identity of runs in a table: sweep, arm, scheme, seed, every parameter that was swept or differs between the runs, status and outcome.
 * Parameters are named by their path in the spec. One that a run does not have is null, and so are all of a run whose spec cannot be read.
 * The reason is in a column of its own, if there is such a run.
 */
export function identityOf(runs: readonly Outline[], arms: ArmsOfSweeps): Identity {
  const parameters = parametersToShow(runs.flatMap((run) => ('texts' in run ? [] : [run.spec])), arms)
  const unreadable = runs.some((run) => 'texts' in run) ? ['unreadable'] : []
  return {
    columns: ['runId', 'name', 'preset', 'sweepId', 'arm', 'armLabel', 'scheme', 'seed', ...parameters, 'status', 'outcome', 'reasons', ...unreadable],
    cells: (run) => {
      const { summary } = run
      const { runId, name, preset, scheme, seed, status, outcome, reasons, sweep } = summary
      const values = 'texts' in run ? new Map<string, unknown>() : leafValues(run.spec)
      return {
        runId, name, preset, scheme, seed, status, outcome, reasons: reasons.join('; '),
        sweepId: sweep?.sweepId ?? null, arm: sweep?.arm ?? null, armLabel: labelOf(summary, arms),
        ...Object.fromEntries(parameters.map((path) => [path, tableValue(values.get(path))])),
        ...(unreadable.length > 0 && { unreadable: summary.unreadable ?? null }),
      }
    },
  }
}

/** Paths in the order of the specs. */
function parametersToShow(specs: readonly Spec[], arms: ArmsOfSweeps): string[] {
  const swept = new Set([...arms.values()].flat().flatMap(({ changes }) => changes.map(({ path }) => path)))
  const valuesOfPaths = new Map<string, Set<string>>()
  for (const [index, spec] of specs.entries()) addValues(valuesOfPaths, leafValues(spec), index)
  return [...valuesOfPaths].filter(([path, values]) => swept.has(path) || values.size > 1).map(([path]) => path)
}

/** @param before number of runs that have been added */
function addValues(valuesOfPaths: Map<string, Set<string>>, values: ReadonlyMap<string, unknown>, before: number): void {
  for (const [path, value] of values) {
    if (notParameters.has(path)) continue
    const known = valuesOfPaths.get(path) ?? new Set(before > 0 ? [MISSING] : [])
    valuesOfPaths.set(path, known.add(JSON.stringify(value)))
  }
  for (const [path, known] of valuesOfPaths) if (!values.has(path)) known.add(MISSING)
}

/** The value of a parameter that a run does not have. Not JSON. */
const MISSING = ''

const labelOf = ({ sweep }: RunSummary, arms: ArmsOfSweeps) =>
  (sweep && arms.get(sweep.sweepId)?.[sweep.arm]?.label) ?? null
