import { columnsOf } from '../../../src-engine/analysis/outputs.ts'
import { GREY } from '../../../src-engine/format/colours.ts'
import { FAINT, INK, notes, type Panel, type Plot, valueAxis, WIDTH, type Words } from './drawing.ts'
import { colourOf, type Drawn } from './drawn-arms.ts'
import { resultText } from './numbers.ts'
import { allConventions, type ModeText, type StudyTrace } from './report.ts'

const LEFT = 60
const RIGHT = 24
const GAP = 24
const TITLE = 34
const AXIS = 44
const TRACES_IN_A_ROW = 3
const TRACE_HEIGHT = 96
const MOST_TRACES = 18

interface DrawnTrace extends StudyTrace { arm: Drawn | null }

/** Panel of readouts and targets, with a small plot for each arm. */
export function tracesPanel(all: readonly StudyTrace[], drawn: Drawn[], modes: readonly ModeText[]): Panel {
  const order = ({ arm }: DrawnTrace) => (arm ? drawn.indexOf(arm) : drawn.length)
  const traces = all.map((trace) => ({ ...trace, arm: drawn.find(({ arm }) => arm.label === trace.label) ?? null }))
    .sort((a, b) => order(a) - order(b)).slice(0, MOST_TRACES)
  const width = (WIDTH - LEFT - RIGHT - GAP * (TRACES_IN_A_ROW - 1)) / TRACES_IN_A_ROW
  const rows = Math.ceil(traces.length / TRACES_IN_A_ROW)
  const pitch = TRACE_HEIGHT + 30
  const [low, high] = rangeOf(traces)
  const bottom = TITLE + rows * pitch + AXIS - 14
  const under = notes(tracesNotes(traces, all.length, modes), 16, bottom)
  const place = (index: number) => ({
    left: LEFT + (index % TRACES_IN_A_ROW) * (width + GAP), top: TITLE + 18 + Math.floor(index / TRACES_IN_A_ROW) * pitch,
  })
  return {
    height: bottom + under.height + 12,
    words: [
      { text: 'c   Output against target', left: 16, top: 8, bold: true },
      ...traces.flatMap((trace, index): Words[] => [
        { text: trace.arm?.name ?? trace.label, left: place(index).left, top: place(index).top - 15, width: width + GAP - 4 },
        ...lossWords(trace, place(index), width),
      ]),
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

/** Loss in the upper right corner of a small plot, where targets are rare. */
function lossWords({ arm, seed }: DrawnTrace, { left, top }: { left: number; top: number }, width: number): Words[] {
  const loss = arm?.arm.runs.find((run) => run.seed === seed)?.loss
  if (loss === undefined) return []
  return [{ text: resultText(loss), left: left + width - 4, top: top + 2, colour: FAINT, rightAligned: true }]
}

function tracesNotes(traces: DrawnTrace[], count: number, modes: readonly ModeText[]): string[] {
  const facets = traces.flatMap(({ arm }) => arm?.facets ?? [])
  const shown = [
    ...modes.filter(({ id }) => facets.some(({ mode }) => mode === id)).map(({ short, id }) => short || id),
    ...allConventions.filter((each) => facets.some(({ conventions }) => conventions === each)).map((each) => `${each} conventions`),
  ]
  return [
    'Readout (colour) and target (grey, dashed) after the last epoch. Each arm shows its run with the median loss, written in the corner.',
    ...(shown.length > 0 ? [`Shown: ${shown.join(', ')}.`] : []),
    ...(count > traces.length ? [`${count - traces.length} more not shown.`] : []),
    ...traces.filter(({ output }) => !finite(output)).map(({ label }) => `Readout of ${label}: non-finite values are left out.`),
  ]
}

const timeAxis = ({ output, outputs, dt }: StudyTrace, lowest: boolean) => ({
  ...valueAxis('Time (ms)'), min: 0, max: (output.length / outputs) * dt, interval: (output.length / outputs) * (dt / 4),
  ...(lowest ? { nameGap: 24 } : { name: '', axisLabel: { show: false } }),
})

const readoutAxis = (min: number, max: number, outermost: boolean) => ({
  ...valueAxis('Readout'), min, max, interval: (max - min) / 2,
  ...(outermost ? { nameGap: 32 } : { name: '', axisLabel: { show: false } }),
})

function traceSeries({ arm, outputs, output, target, dt }: DrawnTrace): object[] {
  const line = (values: ArrayLike<number>, colour: string, type: string, z: number) => ({
    type: 'line', symbol: 'none', z,
    data: Array.from(values, (value, step) => [step * dt, Number.isFinite(value) ? value : null]),
    lineStyle: { color: colour, width: 1.4, type },
  })
  return [
    ...columnsOf(target, outputs).map((values) => line(values, GREY, 'dashed', 2)),
    ...columnsOf(output, outputs).map((values) => line(values, arm ? colourOf(arm) : INK, 'solid', 3)),
  ]
}

/** Rounded range, symmetric about 0, that all traces share. Values outside are cut off. */
function rangeOf(traces: StudyTrace[]): [number, number] {
  const most = traces.reduce((so, { target }) => Math.max(so, ...Array.from(target, (value) => Math.abs(value) || 0)), 0)
  const end = Math.max(1, Math.ceil(most * 1.2))
  return [-end, end]
}

const finite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite)
