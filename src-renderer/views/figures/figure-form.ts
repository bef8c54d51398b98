import { markerTitles, pagePresets } from '../../../src-engine/charts/figure-document.ts'
import { describeProblem, type Problem } from '../../../src-engine/experiment/problem.ts'
import type { SchemaNode } from '../../../src-engine/experiment/schema-walk.ts'
import { fieldsOf, type LeafField } from '../../components/spec-form/form-model.ts'
import { fieldProblem } from '../../components/spec-form/problems.ts'
import { parseNumber } from '../../components/spec-form/number-text.ts'
import { dashes, figureSchemaNode, markers, type SeriesRow } from '../../stores/figures.ts'

const schema = figureSchemaNode()
const leavesIn = (node: SchemaNode) => fieldsOf(node) as LeafField[]

/** Fields of the page, by the schema. */
export const styleFields = leavesIn(schema.properties!.style!)
const { aspect } = schema.properties!.panels!.items!.properties!
export const aspectField = leavesIn({ properties: { aspect: aspect! } })[0]!

/** Name of the preset of a page; 'Own' if it has none. */
export const OWN_PAGE = 'Own'
export const presetOf = ({ width, font }: { width: number, font: number }): string =>
  pagePresets.find((preset) => preset.width === width && preset.font === font)?.title ?? OWN_PAGE

export const keyPlaces = [
  { value: 'above', label: 'Above' }, { value: 'right', label: 'Right' }, { value: 'ends', label: 'At ends of lines' }, { value: 'none', label: 'None' },
] as const

interface Detail {
  part: 'hasDensities' | 'hasBrackets'
  title: string
  help: string
}
const detailsOfCharts: Readonly<Record<string, readonly Detail[]>> = {
  arms: [
    { part: 'hasDensities', title: 'Violins', help: 'The density of the runs of each arm. The notes state the bandwidth.' },
    { part: 'hasBrackets', title: 'Brackets', help: 'Tests of the arms against the reference, with p after Holm’s correction.' },
  ],
  histogram: [
    { part: 'hasDensities', title: 'Ridges', help: 'The density in each snapshot, up to 12, in place of the histogram of one.' },
  ],
}
/** What a panel shows on request. */
export const detailsOf = (chart: string): readonly Detail[] => detailsOfCharts[chart] ?? []

const dashTitles: Readonly<Record<NonNullable<SeriesRow['dash']>, string>> = {
  'solid': 'Solid', 'dashed': 'Dashed', 'dotted': 'Dotted', 'long': 'Long dashes', 'dash-dot': 'Dash-dot', 'wide': 'Wide gaps',
}
export const dashChoices = dashes.map((value) => ({ value, label: dashTitles[value] }))

const shapes = markers.map((value) => ({ value, label: markerTitles[value] }))
/** Only a line can be without a marker. */
export const markerChoices = ({ isLine }: Pick<SeriesRow, 'isLine'>) =>
  [...(isLine ? [{ value: 'none' as const, label: 'No marker' }] : []), ...shapes]

/** An empty field of an axis follows the data. */
export const parseEnd = (text: string) => (text.trim() === '' ? undefined : parseNumber(text))

/** The message beside the field at a path; null if its value is valid. */
export function problemAt(problems: readonly Problem[], path: string, title: string): string | null {
  const problem = problems.find((one) => one.path === path)
  return problem ? describeProblem({ ...problem, found: '' }, title) : null
}

/** The message beside a field that is made from the schema. @param parent path of its group in the document */
export const problemIn = (problems: readonly Problem[], parent: string, field: LeafField): string | null =>
  fieldProblem(field, problems.filter(({ path }) => path.startsWith(`${parent}.`)).map((one) => ({ ...one, path: one.path.slice(parent.length + 1) })))

/** The message away from the field: 'Width must be between 20 and 1000 mm.', 'Panel 2, x axis: from must be a number.' */
export function problemLine(problem: Problem): string {
  const [group, ...rest] = problem.path.split('.')
  const styled = group === 'style' && styleFields.find((field) => field.path === rest.join('.'))
  if (styled) return describeProblem({ ...problem, found: '' }, styled.title)
  const [index, part, end] = rest
  if (group !== 'panels' || index === undefined) return describeProblem(problem)
  const where = `Panel ${Number(index) + 1}`
  if (part === aspectField.path) return describeProblem({ ...problem, found: '' }, `${where}: ${aspectField.title.toLowerCase()}`)
  if (part === 'x' || part === 'y') return describeProblem({ ...problem, found: '' }, `${where}, ${part} axis: ${end ?? 'ends'}`)
  return describeProblem(problem, [where, part].filter(Boolean).join(': '))
}
