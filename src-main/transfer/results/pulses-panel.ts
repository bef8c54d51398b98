import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { onParetoFront } from '../../../src-engine/statistics/pareto.ts'
import { FAINT, INK, logAxis, notes, type Panel, type Plot, WIDTH, type Words } from './drawing.ts'
import { colourOf, type Drawn, isDigital, isFilled, mark } from './drawn-arms.ts'
import { allConventions, isPlottable } from './report.ts'

const TITLE = 34
const AXIS = 44
const LOWEST_PLOT = 270
const KEY_WIDTH = 250
const KEY_LINE = 17

/** Panel of mean loss against SET pulses. Shows only corrected conventions if there are any, because both would double every point. */
export function pulsesPanel(all: Drawn[], loss: LossKind): Panel {
  const conventions = allConventions.find((each) => all.some(({ facets }) => facets?.conventions === each))
  const drawn = all.filter(({ facets }) => !facets || facets.conventions === conventions)
  const points = drawn.filter(({ arm }) => isPlottable(arm.sample.mean) && isPlottable(arm.set))
  const digital = drawn.filter((each) => isDigital(each) && isPlottable(each.arm.sample.mean))
  const x = logAxis(points.map(({ arm }) => arm.set!))
  const y = logAxis([...points, ...digital].map(({ arm }) => arm.sample.mean))
  const left = 72
  const width = WIDTH - left - KEY_WIDTH
  const key = pointKey(points, digital)
  const height = Math.max(LOWEST_PLOT, key.length * KEY_LINE)
  const plot: Plot = {
    left, top: TITLE, width, height,
    x: { ...x, name: 'SET pulses of a run', nameGap: 26 },
    y: { ...y, name: loss.name, nameGap: 48 },
    series: [
      ...fronts(points),
      ...digital.map((each) => levelLine(each, x.min, x.max)),
      pointsSeries(points, labelPlaces(points, x, y, [width, height])),
    ],
  }
  const under = notes(pulsesNotes(drawn, digital, conventions), 16, TITLE + height + AXIS)
  return {
    height: TITLE + height + AXIS + under.height + 12,
    words: [{ text: 'b   Loss against SET pulses', left: 16, top: 8, bold: true }, ...under.words, ...key],
    plots: [plot],
  }
}

function pulsesNotes(drawn: Drawn[], digital: Drawn[], conventions: string | undefined): string[] {
  const unplaced = drawn.filter((each) => {
    const { sample, set } = each.arm
    return !digital.includes(each) && !(isPlottable(sample.mean) && isPlottable(set))
  })
  return [
    `Means over seeds${conventions ? `, ${conventions} conventions` : ''}. Stepped lines: Pareto front of each mode (no arm has a smaller loss with fewer SETs).`,
    ...(digital.length > 0 ? ['Dashed lines: digital weights, which use no pulses.'] : []),
    ...(unplaced.length > 0 ? [`Not plotted, because they have no mean loss or no SETs: ${unplaced.map(({ name }) => name).join('; ')}.`] : []),
  ]
}

type Position = [x: number, y: number]

/** Pareto front of each mode, from the fewest SETs to the lowest loss. */
function fronts(points: Drawn[]): object[] {
  return [...Map.groupBy(points, ({ place }) => place).values()].flatMap((those) => {
    const on = onParetoFront(those.map(({ arm }) => ({ loss: arm.sample.mean, set: arm.set! })))
    const front = those.filter((_, index) => on[index])
      .map(({ arm }): Position => [arm.set!, arm.sample.mean])
      .sort(([a], [b]) => a - b)
    if (front.length < 2) return []
    return [{
      type: 'line', data: front, step: 'end', symbol: 'none', z: 1,
      lineStyle: { color: FAINT, width: 1, type: isFilled(those[0]!) ? 'solid' : 'dotted' },
    }]
  })
}

const levelLine = (each: Drawn, from: number, to: number) => ({
  type: 'line', symbol: 'none', z: 1,
  data: [[from, each.arm.sample.mean], [to, each.arm.sample.mean]],
  lineStyle: { color: colourOf(each), width: 1.2, type: 'dashed' },
})

const pointsSeries = (points: Drawn[], places: Place[]) => ({
  type: 'scatter', symbolSize: 10, z: 3,
  data: points.map((each, index) => ({
    value: [each.arm.set, each.arm.sample.mean],
    ...mark(each),
    label: { show: true, formatter: String(index + 1), position: places[index], distance: 3, color: INK, fontSize: 11 },
  })),
})

/** Label offsets in px, in the order of preference: a front comes from above and leaves to the right. */
const labelOffsets = { left: [-14, 0], bottom: [0, 14], right: [14, 0], top: [0, -14] } as const
type Place = keyof typeof labelOffsets

interface LogScale { min: number, max: number }

/** Sufficient distance between the middle of a label and other marks or the edge, px. */
const CLEAR = 12

/** Place each label where it is farthest from other points, earlier labels and edges. */
function labelPlaces(points: Drawn[], x: LogScale, y: LogScale, [width, height]: [number, number]): Place[] {
  const share = ({ min, max }: LogScale, value: number) => Math.log(value / min) / Math.log(max / min)
  const marks = points.map(({ arm }): Position => [share(x, arm.set!) * width, (1 - share(y, arm.sample.mean)) * height])
  const labels: Position[] = []
  return marks.map(([left, top], index) => {
    const taken = [...marks.filter((_, other) => other !== index), ...labels]
    const places = (Object.keys(labelOffsets) as Place[]).map((place) => {
      const [at, down] = [left + labelOffsets[place][0], top + labelOffsets[place][1]]
      const distances = taken.map(([otherLeft, otherTop]) => Math.hypot(otherLeft - at, otherTop - down))
      return { place, at, down, clearance: Math.min(CLEAR, at, width - at, down, height - down, ...distances) }
    })
    const chosen = places.reduce((so, each) => (each.clearance > so.clearance ? each : so))
    labels.push([chosen.at, chosen.down])
    return chosen.place
  })
}

/** Key at the right of the panel that explains the numbers of the points. */
function pointKey(points: Drawn[], digital: Drawn[]): Words[] {
  const left = WIDTH - KEY_WIDTH + 12
  const lines = [
    ...points.map(({ name }, index) => ({ text: `${index + 1}  ${name}` })),
    ...digital.map((each) => ({ text: `– –  ${each.name}`, colour: colourOf(each) })),
  ]
  return lines.map((line, index) => ({ ...line, left, top: TITLE + index * KEY_LINE, width: KEY_WIDTH - 16 }))
}
