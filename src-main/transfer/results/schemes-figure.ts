import type { ComparedArm } from '../../../src-engine/analysis/comparison.ts'
import { onParetoFront } from '../../../src-engine/analysis/pareto.ts'
import { GREY, schemeColour } from '../../../src-engine/analysis/scheme-colours.ts'
import {
  FAINT, figureSvg, INK, intervalSeries, logAxis, MEAN_AT, notes, type Panel, type Plot, rowAxis, RUNS_AT, valueAxis, WIDTH,
  widthOf, type Words,
} from './drawing.ts'
import { written, unicodeNumber } from './numbers.ts'
import {
  allConventions, type Conventions, type Facets, facetsOf, hasPlace, type Mode, modes, modeWords, schemeOrder,
  type StudySection, type StudyTrace, withoutPlace,
} from './report.ts'

interface Drawn {
  arm: ComparedArm
  facets: Facets | null
  /** Name and mode: what rows and points are called. */
  name: string
}

const RIGHT = 24
const GAP = 24
const ROW = 24
const TITLE = 34
const AXIS = 44
const FRONT_HEIGHT = 270
const KEY_WIDTH = 250
const TRACES_IN_A_ROW = 3
const TRACE_HEIGHT = 96
const MOST_TRACES = 18

const shapes: Record<Mode, string> = { full: 'circle', performance: 'diamond', digital: 'rect' }
const key = 'Mean (● full PCM model, ◇ performance mode, ■ digital weights), under it its 95 % interval, under that single runs.'

/** a: losses with intervals; b: loss against SET pulses; c: readout against target. The last two only where there is something. */
export function schemesFigure(section: StudySection): string {
  const drawn = section.comparison.arms.map((arm) => drawnOf(section, arm)).sort(byMode)
  const traces = section.traces ?? []
  return figureSvg(section.id, [
    lossPanel(drawn),
    ...(drawn.length > 0 ? [pulsesPanel(drawn)] : []),
    ...(traces.length > 0 ? [tracesPanel(traces, drawn)] : []),
  ])
}

function drawnOf(section: StudySection, arm: ComparedArm): Drawn {
  const facets = facetsOf(section, arm)
  const name = !facets ? arm.label : facets.mode === 'digital' ? facets.name : `${facets.name}, ${modeWords[facets.mode]}`
  return { arm, facets, name }
}

const byMode = (a: Drawn, b: Drawn) => modeOrder(a) - modeOrder(b) || schemeOrder(a.facets) - schemeOrder(b.facets)
  || Number(a.name > b.name) - Number(a.name < b.name)

const modeOrder = ({ facets }: Drawn) => (facets ? modes.indexOf(facets.mode) : modes.length)

const colourOf = ({ facets }: Drawn) => (facets ? schemeColour(facets.scheme, 'light') : GREY)

function lossPanel(drawn: Drawn[]): Panel {
  const names = rowsOf(drawn)
  const columns = columnsOf(drawn)
  const left = widthOf(names)
  const width = (WIDTH - left - RIGHT - GAP * (columns.length - 1)) / columns.length
  const height = Math.max(1, names.length) * ROW
  const top = TITLE + (columns.length > 1 ? 16 : 0)
  const axis = logAxis(drawn.flatMap(({ arm: { runs, interval, sample } }) =>
    [...runs.map(({ loss }) => loss), ...(interval ?? []), sample.mean].filter(hasPlace)))
  const under = notes([...(drawn.length > 0 ? [key] : ['No arm has been compared.']), ...missing(drawn)], 16, top + height + AXIS)
  return {
    height: top + height + AXIS + under.height + 12,
    words: [
      { text: 'a   Loss of each scheme', left: 16, top: 8, bold: true },
      ...columns.map(({ title }, index): Words => ({ text: title, left: left + index * (width + GAP), top: TITLE - 4 })),
      ...under.words,
    ],
    plots: columns.map(({ those }, index) => ({
      left: left + index * (width + GAP), top, width, height,
      x: { ...axis, name: 'Mean squared error', nameGap: 26 },
      y: { ...rowAxis(names, left), ...(index > 0 ? { axisLabel: { show: false } } : {}) },
      series: lossSeries(those, names),
    })),
  }
}

/** A row for each name, and an empty one between modes. */
function rowsOf(drawn: Drawn[]): string[] {
  const blocks = [...Map.groupBy(drawn, modeOrder).values()].map((those) => [...new Set(those.map(({ name }) => name))])
  return blocks.flatMap((block, index) => (index > 0 ? ['', ...block] : block))
}

interface Column { title: string, those: Drawn[] }

/** Conventions side by side; what has none stands in the first column. */
function columnsOf(drawn: Drawn[]): Column[] {
  const used = allConventions.filter((conventions) => drawn.some(({ facets }) => facets?.conventions === conventions))
  if (used.length < 2) return [{ title: '', those: drawn }]
  return used.map((conventions, index) => ({
    title: `${conventions[0].toUpperCase()}${conventions.slice(1)} conventions`,
    those: drawn.filter(({ facets }) => (facets?.conventions ?? used[0]) === conventions || (!facets && index === 0)),
  }))
}

function lossSeries(drawn: Drawn[], names: string[]): object[] {
  const row = (each: Drawn) => names.indexOf(each.name)
  const bars = drawn.flatMap((each) => (each.arm.interval?.every(hasPlace)
    ? [{ low: each.arm.interval[0], high: each.arm.interval[1], row: row(each), colour: colourOf(each) }]
    : []))
  return [
    {
      type: 'scatter', symbolSize: 4, symbolOffset: [0, RUNS_AT], z: 2,
      data: drawn.flatMap((each) => each.arm.runs.filter(({ loss }) => hasPlace(loss)).map(({ loss }) =>
        ({ value: [loss, row(each)], itemStyle: { color: colourOf(each), opacity: 0.5 } }))),
    },
    intervalSeries(bars),
    {
      type: 'scatter', symbolSize: 8, symbolOffset: [0, MEAN_AT], z: 3,
      data: drawn.filter(({ arm }) => hasPlace(arm.sample.mean))
        .map((each) => ({ value: [each.arm.sample.mean, row(each)], ...mark(each) })),
    },
  ]
}

/** A filled circle, an open diamond, a filled square: the mode without colour. */
function mark(each: Drawn): object {
  const mode = each.facets?.mode ?? 'full'
  const colour = colourOf(each)
  return {
    symbol: shapes[mode],
    itemStyle: mode === 'performance' ? { color: '#ffffff', borderColor: colour, borderWidth: 1.6, opacity: 1 } : { color: colour, opacity: 1 },
  }
}

/** Who is not in the picture, or not with all runs, by name. */
function missing(drawn: Drawn[]): string[] {
  return drawn.flatMap(({ arm, facets, name }) => {
    const called = facets?.conventions === 'published' ? `${name}, published` : name
    if (arm.runs.length === 0) return [`Not plotted: ${called}, no run.`]
    const without = withoutPlace(arm)
    if (without === 0) return []
    const mean = hasPlace(arm.sample.mean) ? '' : ', so no mean'
    return [`Not plotted: ${called}, ${without} of ${arm.runs.length} runs without a loss that is finite and above 0${mean}.`]
  })
}

/** The corrected conventions where there are such arms: published ones would double every point. */
function pulsesPanel(all: Drawn[]): Panel {
  const conventions = allConventions.find((each) => all.some(({ facets }) => facets?.conventions === each))
  const drawn = all.filter(({ facets }) => !facets || facets.conventions === conventions)
  const points = drawn.filter(({ arm }) => hasPlace(arm.sample.mean) && hasPlace(arm.set))
  const digital = drawn.filter(({ facets, arm }) => facets?.mode === 'digital' && hasPlace(arm.sample.mean))
  const x = logAxis(points.map(({ arm }) => arm.set!))
  const y = logAxis([...points, ...digital].map(({ arm }) => arm.sample.mean))
  const left = 72
  const width = WIDTH - left - KEY_WIDTH
  const plot: Plot = {
    left, top: TITLE, width, height: FRONT_HEIGHT,
    x: { ...x, name: 'SET pulses of a run', nameGap: 26 },
    y: { ...y, name: 'Mean squared error', nameGap: 48 },
    series: [
      ...fronts(points),
      ...digital.map((each) => levelLine(each, x.min, x.max)),
      pointsSeries(points, labelPlaces(points, x, y, [width, FRONT_HEIGHT])),
    ],
  }
  const under = notes(pulsesNotes(drawn, digital, conventions), 16, TITLE + FRONT_HEIGHT + AXIS)
  return {
    height: TITLE + FRONT_HEIGHT + AXIS + under.height + 12,
    words: [{ text: 'b   Loss against SET pulses', left: 16, top: 8, bold: true }, ...under.words, ...pointKey(points, digital)],
    plots: [plot],
  }
}

function pulsesNotes(drawn: Drawn[], digital: Drawn[], conventions: Conventions | undefined): string[] {
  const unplaced = drawn.filter((each) => !digital.includes(each) && !(hasPlace(each.arm.sample.mean) && hasPlace(each.arm.set)))
  return [
    `Means over seeds${conventions ? `, ${conventions} conventions` : ''}. Stepped lines: Pareto front of each mode (no arm has a smaller loss with fewer SETs).`,
    ...(digital.length > 0 ? ['Dashed lines: digital weights, which take no pulses.'] : []),
    ...(unplaced.length > 0 ? [`Not plotted, without a mean loss or without SETs: ${unplaced.map(({ name }) => name).join('; ')}.`] : []),
  ]
}

/** Of each mode: from its point with the fewest SETs to that with the smallest loss. */
function fronts(points: Drawn[]): object[] {
  return modes.flatMap((mode) => {
    const those = points.filter(({ facets }) => (facets?.mode ?? 'full') === mode)
    const on = onParetoFront(those.map(({ arm }) => ({ loss: arm.sample.mean, set: arm.set! })))
    const front = those.filter((_, index) => on[index]).map(({ arm }) => [arm.set!, arm.sample.mean]).sort(([a], [b]) => a - b)
    if (front.length < 2) return []
    return [{
      type: 'line', data: front, step: 'end', symbol: 'none', z: 1,
      lineStyle: { color: FAINT, width: 1, type: mode === 'performance' ? 'dotted' : 'solid' },
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

/** In the order in which they are tried: a front comes from above and leaves to the right. */
const beside = { left: [-14, 0], bottom: [0, 14], right: [14, 0], top: [0, -14] } as const
type Place = keyof typeof beside

interface LogScale { min: number, max: number }

/** px between a number's middle and any other mark or the panel's edge. */
const CLEAR = 12

/** Where each point's number stands freest of the other points, of the numbers before it and of the edges. */
function labelPlaces(points: Drawn[], x: LogScale, y: LogScale, [width, height]: [number, number]): Place[] {
  const share = ({ min, max }: LogScale, value: number) => Math.log(value / min) / Math.log(max / min)
  const marks = points.map(({ arm }) => [share(x, arm.set!) * width, (1 - share(y, arm.sample.mean)) * height])
  const labels: number[][] = []
  return marks.map(([left, top], index) => {
    const taken = [...marks.filter((_, other) => other !== index), ...labels]
    const places = (Object.keys(beside) as Place[]).map((place) => {
      const [at, down] = [left + beside[place][0], top + beside[place][1]]
      const distances = taken.map(([otherLeft, otherTop]) => Math.hypot(otherLeft - at, otherTop - down))
      return { place, at, down, room: Math.min(CLEAR, at, width - at, down, height - down, ...distances) }
    })
    const chosen = places.reduce((so, each) => (each.room > so.room ? each : so))
    labels.push([chosen.at, chosen.down])
    return chosen.place
  })
}

/** The numbers beside the points, and what they stand for, at the right of the panel. */
function pointKey(points: Drawn[], digital: Drawn[]): Words[] {
  const left = WIDTH - KEY_WIDTH + 12
  const lines = [
    ...points.map(({ name }, index) => ({ text: `${index + 1}  ${name}` })),
    ...digital.map((each) => ({ text: `– –  ${each.name}`, colour: colourOf(each) })),
  ]
  return lines.map((line, index) => ({ ...line, left, top: TITLE + index * 17, width: KEY_WIDTH - 16 }))
}

interface DrawnTrace extends StudyTrace { arm: Drawn | null }

function tracesPanel(all: readonly StudyTrace[], drawn: Drawn[]): Panel {
  const order = ({ arm }: DrawnTrace) => (arm ? drawn.indexOf(arm) : drawn.length)
  const traces = all.map((trace) => ({ ...trace, arm: drawn.find(({ arm }) => arm.label === trace.label) ?? null }))
    .sort((a, b) => order(a) - order(b)).slice(0, MOST_TRACES)
  const width = (WIDTH - 60 - RIGHT - GAP * (TRACES_IN_A_ROW - 1)) / TRACES_IN_A_ROW
  const rows = Math.ceil(traces.length / TRACES_IN_A_ROW)
  const pitch = TRACE_HEIGHT + 30
  const [low, high] = rangeOf(traces)
  const bottom = TITLE + rows * pitch + AXIS - 14
  const under = notes(tracesNotes(traces, all.length), 16, bottom)
  const titles = traceTitles(traces)
  const place = (index: number) => ({
    left: 60 + (index % TRACES_IN_A_ROW) * (width + GAP), top: TITLE + 18 + Math.floor(index / TRACES_IN_A_ROW) * pitch,
  })
  return {
    height: bottom + under.height + 12,
    words: [
      { text: 'c   Output against target', left: 16, top: 8, bold: true },
      ...titles.map((text, index): Words => ({ text, left: place(index).left, top: place(index).top - 15, width })),
      ...under.words,
    ],
    plots: traces.map((trace, index): Plot => ({
      ...place(index), width, height: TRACE_HEIGHT,
      x: timeAxis(trace, index + TRACES_IN_A_ROW >= traces.length),
      y: readoutAxis(low, high, index % TRACES_IN_A_ROW === 0),
      series: traceSeries(trace),
    })),
  }
}

/** The scheme's name where that tells them apart, and the loss of the run. */
function traceTitles(traces: DrawnTrace[]): string[] {
  const names = traces.map(({ arm, label }) => arm?.facets?.name ?? label)
  const short = new Set(names).size === names.length
  return traces.map(({ arm, label, seed }, index) => {
    const loss = arm?.arm.runs.find((run) => run.seed === seed)?.loss
    return `${short ? names[index] : label}${loss === undefined ? '' : ` (${unicodeNumber(written(loss))})`}`
  })
}

function tracesNotes(traces: DrawnTrace[], count: number): string[] {
  const facets = traces.flatMap(({ arm }) => arm?.facets ?? [])
  const shown = [
    ...modes.filter((each) => facets.some(({ mode }) => mode === each)).map((mode) => modeWords[mode]),
    ...allConventions.filter((each) => facets.some(({ conventions }) => conventions === each)).map((each) => `${each} conventions`),
  ]
  return [
    'Readout in colour, target grey and dashed, after the last epoch: of each arm the run whose loss (in brackets) is the median.',
    ...(shown.length > 0 ? [`Shown: ${shown.join(', ')}.`] : []),
    ...(count > traces.length ? [`${count - traces.length} more are not shown.`] : []),
    ...traces.filter(({ output }) => !finite(output)).map(({ label }) => `Readout of ${label}: values that are not finite are left out.`),
  ]
}

const timeAxis = ({ output, dt }: StudyTrace, lowest: boolean) => ({
  ...valueAxis('Time (ms)'), min: 0, max: output.length * dt, interval: (output.length * dt) / 4,
  ...(lowest ? { nameGap: 24 } : { name: '', axisLabel: { show: false } }),
})

const readoutAxis = (min: number, max: number, outermost: boolean) => ({
  ...valueAxis('Readout'), min, max, interval: (max - min) / 2,
  ...(outermost ? { nameGap: 32 } : { name: '', axisLabel: { show: false } }),
})

function traceSeries({ arm, output, target, dt }: DrawnTrace): object[] {
  const line = (values: ArrayLike<number>, colour: string, type: string, z: number) => ({
    type: 'line', symbol: 'none', z,
    data: Array.from(values, (value, step) => [step * dt, Number.isFinite(value) ? value : null]),
    lineStyle: { color: colour, width: 1.4, type },
  })
  return [line(target, GREY, 'dashed', 2), line(output, arm ? colourOf(arm) : INK, 'solid', 3)]
}

/** Symmetric about 0 and round, so that all traces share one axis; what leaves it is cut off. */
function rangeOf(traces: StudyTrace[]): [number, number] {
  const most = traces.reduce((so, { target }) => Math.max(so, ...Array.from(target, (value) => Math.abs(value) || 0)), 0)
  const end = Math.max(1, Math.ceil(most * 1.2))
  return [-end, end]
}

const finite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite)
