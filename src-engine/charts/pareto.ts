import type { LossKind } from '../experiment/metrics.ts'
import { schemeColour } from '../experiment/scheme.ts'
import type { Line, Points } from '../figure/figure.ts'
import { aboutArm, dot, type DrawnArm, isDrawable, lossLabel, rankedLabels } from './arms.ts'
import type { Chart } from './chart.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'

export interface ParetoData {
  loss: LossKind
  /** Sorted, best first. */
  arms: readonly DrawnArm[]
}

/** Loss versus SET pulses of every arm, both on log axes. Numbers are ranks in the table. */
export function paretoChart({ loss, arms }: ParetoData, palette: Palette): Chart {
  const names = rankedLabels(arms)
  const front = frontOf(arms, palette)
  const points = arms.flatMap((drawn, index) => (canPlot(drawn) ? [pointOf(drawn, loss, index, names[index]!, palette)] : []))
  const omitted = arms.flatMap((drawn, index) => (drawn.arm.runs.length > 0 && !canPlot(drawn) ? [index + 1] : []))
  return {
    title: 'Loss versus SET pulses',
    plot: {
      title: '',
      x: { scale: 'log', name: 'SET pulses, mean over seeds' },
      y: { scale: 'log', name: lossLabel(loss) },
      marks: [front, ...points],
    },
    key: [entryOf(front), ...points.map(({ entry, colour, symbol }) => ({ text: entry!, colour, symbol }))],
    table: () => ({
      columns: ['Arm', 'SET pulses', lossLabel(loss), 'On Pareto front'],
      rows: arms.map(({ arm: { label, set, sample, onFront } }) => [label, set, sample.mean, onFront ? 'yes' : 'no']),
    }),
    notes: omitted.length > 0 ? [`not drawn (no SET pulses or no finite loss): ${omitted.join(', ')}`] : [],
    about: {
      sentence: 'SET pulses and loss of each arm, as means over seeds; no arm is better in both than an arm on the front.',
      equation: `front: no other arm with ${loss.title}′ ≤ ${loss.title} and SET′ ≤ SET`,
    },
    empty: points.length === 0 ? 'No arm has both SET pulses and a finite loss.' : null,
  }
}

const canPlot = ({ arm: { set, sample } }: DrawnArm) => set !== null && set > 0 && isDrawable(sample.mean, true)

/** Drawn as steps: with fewer pulses than the next point of the front, no arm has a lower loss than this one. */
function frontOf(arms: readonly DrawnArm[], palette: Palette): Line {
  const onFront = arms.filter((drawn) => drawn.arm.onFront && canPlot(drawn)).map(({ arm }) => arm)
  onFront.sort((a, b) => a.set! - b.set!)
  return {
    kind: 'line', entry: 'Pareto front', x: onFront.map(({ set }) => set!), y: onFront.map(({ sample }) => sample.mean),
    colour: palette.quiet, dash: 'dashed', isStepped: true,
  }
}

const pointOf = (drawn: DrawnArm, loss: LossKind, index: number, entry: string, { mode }: Palette): Points => ({
  kind: 'points', entry, x: [drawn.arm.set!], y: [drawn.arm.sample.mean], symbol: dot, size: 'large',
  colour: schemeColour(drawn.scheme, mode), labels: [String(index + 1)], details: [aboutArm(drawn, loss)],
})
