import type { KeyEntry, Mark, Panel } from '../../../src-engine/figure/figure.ts'
import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { FAINT } from '../../../src-engine/figure/page/style.ts'
import { onParetoFront } from '../../../src-engine/statistics/pareto.ts'
import { colourOf, type Drawn, isDigital, keyOf, symbolOf } from './drawn-arms.ts'
import { allConventions, isPlottable, type ModeText } from './report.ts'

/** Panel of mean loss against SET pulses. Shows only corrected conventions if there are any, because both would double every point. */
export function pulsesPanel(all: Drawn[], modes: readonly ModeText[], loss: LossKind): Panel {
  const conventions = allConventions.find((each) => all.some(({ facets }) => facets?.conventions === each))
  const drawn = all.filter(({ facets }) => !facets || facets.conventions === conventions)
  const points = drawn.filter(({ arm }) => isPlottable(arm.sample.mean) && isPlottable(arm.set))
  const digital = drawn.filter((each) => isDigital(each) && isPlottable(each.arm.sample.mean))
  return {
    title: 'Loss against SET pulses',
    columns: 1,
    aspect: 0.75,
    plots: [{
      title: '',
      x: { scale: 'log', name: 'SET pulses of a run' },
      y: { scale: 'log', name: loss.name },
      marks: [
        ...frontsOf(points),
        ...digital.map((each): Mark => ({ kind: 'rule', y: each.arm.sample.mean, colour: colourOf(each), dash: 'dashed' })),
        ...points.map((each, index): Mark => ({
          kind: 'points', x: [each.arm.set!], y: [each.arm.sample.mean], colour: colourOf(each), symbol: symbolOf(each), size: 'large', labels: [String(index + 1)],
        })),
      ],
    }],
    key: [...keyOf(points.length > 0 ? modes : [], FAINT), ...namesOf(points, digital)],
    keyPlace: 'right',
    notes: notesOf(drawn, digital, conventions),
  }
}

/** What the numbers and dashed lines are. */
const namesOf = (points: Drawn[], digital: Drawn[]): KeyEntry[] => [
  ...points.map((each, index): KeyEntry => ({ text: each.name, number: String(index + 1), colour: colourOf(each) })),
  ...digital.map((each): KeyEntry => ({ text: each.name, dash: 'dashed', colour: colourOf(each) })),
]

function notesOf(drawn: Drawn[], digital: Drawn[], conventions: string | undefined): string[] {
  const unplaced = drawn.filter((each) => {
    const { sample, set } = each.arm
    return !digital.includes(each) && !(isPlottable(sample.mean) && isPlottable(set))
  })
  return [
    `Means over seeds${conventions ? `, ${conventions} conventions` : ''}. Stepped lines: Pareto front of each device (no arm has a smaller loss with fewer SETs).`,
    ...(digital.length > 0 ? ['Dashed lines: digital weights, which use no pulses.'] : []),
    ...(unplaced.length > 0 ? [`Not plotted, because they have no mean loss or no SETs: ${unplaced.map(({ name }) => name).join('; ')}.`] : []),
  ]
}

/** Pareto front of each mode, from the fewest SETs to the lowest loss. */
function frontsOf(points: Drawn[]): Mark[] {
  return [...Map.groupBy(points, ({ place }) => place).values()].flatMap((those): Mark[] => {
    const on = onParetoFront(those.map(({ arm }) => ({ loss: arm.sample.mean, set: arm.set! })))
    const front = those.filter((_, index) => on[index]).sort((a, b) => a.arm.set! - b.arm.set!)
    if (front.length < 2) return []
    return [{
      kind: 'line', x: front.map(({ arm }) => arm.set!), y: front.map(({ arm }) => arm.sample.mean), isStepped: true,
      colour: FAINT, dash: symbolOf(those[0]!).isFilled ? 'solid' : 'dotted',
    }]
  })
}
