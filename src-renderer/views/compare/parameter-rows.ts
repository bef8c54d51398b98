import type { ComparedGroup } from '../../../src-engine/charts/compared-groups.ts'
import { type Difference, differencesBetween, parametersOf } from '../../../src-engine/experiment/parameters.ts'
import { groupReplicates } from '../../../src-engine/experiment/replicates.ts'
import type { GroupedRun } from '../../../src-engine/experiment/run-groups.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { parameterText } from '../../../src-engine/experiment/value-text.ts'
import { counted } from '../../components/format.ts'

export interface ParameterCell {
  text: string
  /** On hover. */
  whole: string
  isNumber: boolean
  /** Whether it is not what the base has. */
  differs: boolean
}

export interface ParameterRow {
  path: string
  /** 'Learning · Input learning rate (1/s)' */
  title: string
  short: string
  /** One per group. */
  cells: ParameterCell[]
}

/** More values of one group are counted. */
const MOST_VALUES = 3

/**
 * Parameters of the groups, apart from the seed. A group may have runs of several experiments, and several values.
 * @param base index of the group that the others are compared with
 * @param isAll whether equal parameters are listed, too
 */
export function parameterRows(groups: readonly Pick<ComparedGroup, 'runs'>[], base: number, isAll: boolean): ParameterRow[] {
  const specs = groups.map(({ runs }) => groupReplicates(runs.filter(hasSpec)).map(({ spec }) => ({ ...spec, seed: 0 })))
  const all = specs.flat()
  const listed = isAll ? everyParameter(all) : differencesBetween(all)
  const firsts = specs.map((_, index) => specs.slice(0, index).flat().length)
  return listed.map((parameter) => {
    const { path, title, unit, values } = parameter
    const texts = specs.map((own, index) => textsOf(path, values.slice(firsts[index], firsts[index]! + own.length)))
    const suffix = unit ? ` (${unit})` : ''
    return {
      path,
      title: `${title}${suffix} (${path} in JSON)`,
      short: `${title.split(' · ').slice(-2).join(' · ')}${suffix}`,
      cells: texts.map((own, index) => ({
        text: own.length > MOST_VALUES ? counted(own.length, 'value') : own.join('; '),
        whole: own.length === 0 ? 'The parameters of this run cannot be read' : own.map((text) => (text === '–' ? 'Not a parameter of this scheme' : text)).join('; '),
        isNumber: typeof values[firsts[index]!] === 'number' && own.length === 1,
        differs: own.join('\n') !== (texts[base] ?? []).join('\n'),
      })),
    }
  })
}

const hasSpec = (run: GroupedRun): run is GroupedRun & { spec: Spec } => run.spec !== null

const textsOf = (path: string, values: Difference['values']) => [...new Set(values.map((value) => parameterText(path, value)))]

function everyParameter(specs: readonly Spec[]): Difference[] {
  const lists = specs.map((spec) => new Map(parametersOf(spec).map((parameter) => [parameter.path, parameter])))
  const parameters = new Map(lists.flatMap((list) => [...list]))
  const ignored = new Set(['seed', 'name', 'preset'])
  return [...parameters.values()].filter(({ path }) => !ignored.has(path))
    .map(({ path, title, unit }) => ({ path, title, unit, values: lists.map((list) => list.get(path)?.value ?? null) }))
}

/** Places of the cells that differ from the base, row by row. */
export const differingCells = (rows: readonly ParameterRow[]): { row: number; group: number }[] =>
  rows.flatMap(({ cells }, row) => cells.flatMap(({ differs }, group) => (differs ? [{ row, group }] : [])))
