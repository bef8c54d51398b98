import { parametersToGroupBy } from '../../../src-engine/charts/compared-groups.ts'
import { type ComparedQuantity, horizontalAxes, notOffered, quantitiesOf } from '../../../src-engine/charts/compared-quantities.ts'
import type { ComparedRun } from '../../../src-engine/charts/compare.ts'
import { horizontals } from '../../../src-engine/charts/comparison-view.ts'
import { type Centre, type Spread, spreadsOf } from '../../../src-engine/statistics/centre.ts'
import type { Choice } from '../../components/choice.ts'

export const metricChoices = (runs: readonly ComparedRun[]): Choice[] =>
  quantitiesOf(runs).map(({ id, isLoss, title }) => ({ value: isLoss ? '' : id, label: title }))

export const horizontalChoices = (runs: readonly ComparedRun[]): Choice[] => horizontals.map((x) => {
  const { title, unit } = horizontalAxes[x]
  return { value: x, label: unit ? `${title} (${unit})` : title, reason: notOffered(x, runs) }
})

/** Parameters by which these runs can be told apart. */
export const parameterChoices = (runs: readonly ComparedRun[]): Choice[] =>
  parametersToGroupBy(runs).map(({ path, title }) => ({ value: path, label: title.split(' · ').slice(-2).join(' · ') }))

export const groupChoices = (parameters: readonly Choice[]): Choice[] =>
  [{ value: 'spec', label: 'Experiment' }, { value: 'run', label: 'Single run' }, ...parameters]

export const deciderChoices = (parameters: readonly Choice[]): Choice[] => [{ value: 'group', label: 'Group' }, ...parameters]

const spreadTitles: Record<Spread, string> = {
  range: 'Range', sd: 'SD', se: 'SE', interval: '95 % interval', quartiles: 'Quartiles', none: 'Nothing',
}
export const spreadChoices = (centre: Centre): Choice[] =>
  spreadsOf[centre].map((value) => ({ value, label: spreadTitles[value] }))

export const centreChoices: Choice[] = [{ value: 'mean', label: 'Mean' }, { value: 'median', label: 'Median' }]
export const scaleChoices: Choice[] = [{ value: 'log', label: 'Log' }, { value: 'linear', label: 'Linear' }]
export const finalChoices: Choice[] = [
  { value: 'points', label: 'Points' }, { value: 'box', label: 'Box' }, { value: 'bar', label: 'Bar' },
]
export const valueChoices = ({ better }: Pick<ComparedQuantity, 'better'>): Choice[] => [
  { value: 'end', label: 'End' },
  { value: 'best', label: 'Best', reason: better === null ? 'Neither smaller nor larger values are better' : null },
  { value: 'epoch', label: 'Epoch' },
]
export const pairingChoices: Choice[] = [{ value: 'paired', label: 'Paired by seed' }, { value: 'unpaired', label: 'Unpaired' }]

/** The choices with the current one, where the runs no longer offer it, so that a select never shows a bare value. */
export const withCurrent = (choices: readonly Choice[], value: string, label: string): Choice[] =>
  (choices.some((choice) => choice.value === value) ? [...choices] : [...choices, { value, label }])
