import { lossChart } from '../../src-engine/charts/loss.ts'
import { outputChart } from '../../src-engine/charts/output.ts'
import { palettes } from '../../src-engine/charts/palette.ts'
import { panelOf } from '../../src-engine/charts/view.ts'
import { lossOf, outputsOf } from '../../src-engine/experiment/task.ts'
import type { Figure, Panel } from '../../src-engine/figure/figure.ts'
import { formatCount, formatExact } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import type { RunDetail } from '../contract/run.ts'

/** Readout and target of one pattern in one epoch, [steps][outputs]. */
export interface PatternTrace {
  name: string
  epoch: number
  output: ArrayLike<number>
  target: ArrayLike<number>
}

/** More plots would be unreadable. The notes tell how many are left out. */
const MOST_PATTERNS = 8
const ASPECT = 0.22

/** Figure of a run: the loss per epoch on a log axis, and below it each pattern's readout and target. */
export function runFigure(run: RunDetail, traces: readonly PatternTrace[]): Figure {
  return { heading: headingOf(run), panels: [lossPanel(run), ...(traces.length > 0 ? [outputPanel(run, traces)] : [])] }
}

function headingOf({ summary: { preset, name, scheme, seed, runId } }: RunDetail): string {
  return [name || preset || scheme, `seed ${formatExact(seed)}`, `run ${runId}`].join(' · ')
}

function lossPanel({ summary, epochs }: RunDetail): Panel {
  const loss = lossChart({ loss: lossOf(summary.task), epochs, scheme: summary.scheme, scale: 'log' }, palettes.light)
  return panelOf(loss, { window: null, hidden: [] }, ASPECT)
}

function outputPanel({ spec }: RunDetail, traces: readonly PatternTrace[]): Panel {
  const shown = traces.slice(0, MOST_PATTERNS)
  const charts = shown.map((trace) => outputChart({ trace, outputs: outputsOf(spec.task), dt: spec.task.dt }, palettes.light))
  return {
    ...panelOf(charts[0]!, { window: null, hidden: [] }, ASPECT),
    title: `Output in epoch ${formatCount(traces[0]!.epoch)}`,
    isShared: true,
    plots: charts.map(({ plot }, index) => ({ ...plot, title: shown[index]!.name.replace('-', ' ') })),
    notes: traces.length > shown.length ? [`${counted(traces.length - shown.length, 'more pattern')} not shown.`] : [],
  }
}
