import type { Mark, Panel } from '../../../src-engine/figure/figure.ts'
import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { FAINT } from '../../../src-engine/figure/page/style.ts'
import { colourOf, type Drawn, keyOf, symbolOf } from './drawn-arms.ts'
import { allConventions, isPlottable, countUnplottable, type ModeText } from './report.ts'
import { INTERVAL_AT, MEAN_AT, RUNS_AT } from './rows.ts'

/** Panel of losses with intervals and single runs, one row per scheme and mode. */
export function lossPanel(drawn: Drawn[], modes: readonly ModeText[], loss: LossKind): Panel {
  const names = rowsOf(drawn)
  const columns = columnsOf(drawn)
  return {
    title: 'Loss of each scheme',
    columns: columns.length,
    isShared: true,
    plots: columns.map(({ title, those }) => ({
      title,
      x: { scale: 'log', name: loss.name },
      y: { scale: 'category', name: '', categories: names },
      marks: those.flatMap((each) => marksOf(each, names.indexOf(each.name))),
    })),
    key: keyOf(modes, FAINT),
    keyPlace: 'above',
    notes: [
      drawn.length > 0 ? 'From top to bottom: mean, 95 % interval, single runs.' : 'No arm has been compared.',
      ...missing(drawn),
    ],
  }
}

/** One row per name, with an empty row between modes. */
function rowsOf(drawn: Drawn[]): string[] {
  const blocks = [...Map.groupBy(drawn, ({ place }) => place).values()]
    .map((those) => [...new Set(those.map(({ name }) => name))])
  return blocks.flatMap((block, index) => (index > 0 ? ['', ...block] : block))
}

interface Column { title: string, those: Drawn[] }

/** One column per conventions. Arms without conventions are in the first column. */
function columnsOf(drawn: Drawn[]): Column[] {
  const used = allConventions.filter((conventions) => drawn.some(({ facets }) => facets?.conventions === conventions))
  if (used.length < 2) return [{ title: '', those: drawn }]
  return used.map((conventions, index) => ({
    title: `${conventions.charAt(0).toUpperCase()}${conventions.slice(1)} conventions`,
    those: drawn.filter(({ facets }) => (facets?.conventions ?? used[0]) === conventions || (!facets && index === 0)),
  }))
}

function marksOf(drawn: Drawn, row: number): Mark[] {
  const { arm: { runs, interval, sample: { mean } } } = drawn
  const [colour, losses] = [colourOf(drawn), runs.map(({ loss }) => loss).filter(isPlottable)]
  return [
    { kind: 'points', x: losses, y: losses.map(() => row), colour, symbol: { shape: 'circle', isFilled: true }, size: 'small', shift: RUNS_AT },
    ...(interval?.every(isPlottable) ? [{ kind: 'intervals' as const, low: [interval[0]], high: [interval[1]], y: [row], colour, shift: INTERVAL_AT }] : []),
    ...(isPlottable(mean) ? [{ kind: 'points' as const, x: [mean], y: [row], colour, symbol: symbolOf(drawn), size: 'large' as const, shift: MEAN_AT }] : []),
  ]
}

/** Notes that name the arms whose runs are not all plotted. */
function missing(drawn: Drawn[]): string[] {
  return drawn.flatMap(({ arm, facets, name }) => {
    const called = !facets || facets.conventions === 'corrected' ? name : `${name}, ${facets.conventions}`
    if (arm.runs.length === 0) return [`Not plotted: ${called}, no runs.`]
    const without = countUnplottable(arm)
    if (without === 0) return []
    const mean = isPlottable(arm.sample.mean) ? '' : ', so no mean'
    return [`Not plotted: ${called}, ${without} of ${arm.runs.length} runs without a finite loss above 0${mean}.`]
  })
}
