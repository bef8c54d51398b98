import type { Mark, Panel, Plot } from '../../../src-engine/figure/figure.ts'
import { columnsOf } from '../../../src-engine/analysis/outputs.ts'
import { INK } from '../../../src-engine/figure/page/style.ts'
import { GREY } from '../../../src-engine/format/colours.ts'
import { colourOf, type Drawn } from './drawn-arms.ts'
import { resultText } from './numbers.ts'
import { allConventions, type ModeText, type StudyTrace } from './report.ts'

const TRACES_IN_A_ROW = 3
const MOST_TRACES = 18

interface DrawnTrace extends StudyTrace { arm: Drawn | null }

/** Panel of readouts and targets, with a small plot for each arm. */
export function tracesPanel(all: readonly StudyTrace[], drawn: Drawn[], modes: readonly ModeText[]): Panel {
  const order = ({ arm }: DrawnTrace) => (arm ? drawn.indexOf(arm) : drawn.length)
  const isBorrowed = ({ arm }: DrawnTrace) => Number(arm !== null && hasSettingsOfAnother(arm, modes))
  const traces = all.map((trace) => ({ ...trace, arm: drawn.find(({ arm }) => arm.label === trace.label) ?? null }))
    .sort((a, b) => isBorrowed(a) - isBorrowed(b) || order(a) - order(b)).slice(0, MOST_TRACES)
    .sort((a, b) => order(a) - order(b))
  const [from, to] = rangeOf(traces)
  return {
    title: 'Output against target',
    columns: TRACES_IN_A_ROW,
    isShared: true,
    aspect: 0.45,
    plots: traces.map((trace): Plot => ({
      title: trace.arm?.name ?? trace.label,
      x: { scale: 'linear', name: 'Time (ms)', from: 0, to: (trace.output.length / trace.outputs) * trace.dt },
      y: { scale: 'linear', name: 'Readout', from, to },
      marks: [...linesOf(trace), ...lossOf(trace)],
    })),
    key: [],
    keyPlace: 'above',
    notes: notesOf(traces, all.length, modes),
  }
}

/** Whether the settings of an arm were found for another scheme or device. Such arms are left out first. */
const hasSettingsOfAnother = ({ facets, place }: Drawn, modes: readonly ModeText[]) =>
  facets?.settingsOf !== undefined || modes[place]?.settingsOf !== undefined

/** Loss in the upper right corner of a small plot, where targets are rare. */
function lossOf({ arm, seed }: DrawnTrace): Mark[] {
  const loss = arm?.arm.runs.find((run) => run.seed === seed)?.loss
  return loss === undefined ? [] : [{ kind: 'text', y: 'top', text: resultText(loss) }]
}

function notesOf(traces: DrawnTrace[], count: number, modes: readonly ModeText[]): string[] {
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

function linesOf({ arm, outputs, output, target, dt }: DrawnTrace): Mark[] {
  const line = (values: ArrayLike<number>, colour: string, dash: 'solid' | 'dashed'): Mark =>
    ({ kind: 'line', x: Array.from(values, (_, step) => step * dt), y: values, colour, dash })
  return [
    ...columnsOf(target, outputs).map((values) => line(values, GREY, 'dashed')),
    ...columnsOf(output, outputs).map((values) => line(values, arm ? colourOf(arm) : INK, 'solid')),
  ]
}

/** Rounded range, symmetric about 0, that all traces share. Values outside are cut off. */
function rangeOf(traces: StudyTrace[]): [number, number] {
  const most = traces.reduce((so, { target }) => Math.max(so, ...Array.from(target, (value) => Math.abs(value) || 0)), 0)
  const end = Math.max(1, Math.ceil(most * 1.2))
  return [-end, end]
}

const finite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite)
