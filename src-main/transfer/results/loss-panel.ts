import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { intervalSeries, logAxis, MEAN_AT, notes, type Panel, rowAxis, RUNS_AT, WIDTH, widthOf, type Words } from './drawing.ts'
import { colourOf, type Drawn, keyOf, mark } from './drawn-arms.ts'
import { allConventions, isPlottable, countUnplottable, type ModeText } from './report.ts'

const RIGHT = 24
const GAP = 24
const ROW = 24
const TITLE = 34
const AXIS = 44

/** Panel of losses with intervals and single runs, one row per scheme and mode. */
export function lossPanel(drawn: Drawn[], modes: readonly ModeText[], loss: LossKind): Panel {
  const names = rowsOf(drawn)
  const columns = columnsOf(drawn)
  const left = widthOf(names)
  const width = (WIDTH - left - RIGHT - GAP * (columns.length - 1)) / columns.length
  const height = Math.max(1, names.length) * ROW
  const top = TITLE + (columns.length > 1 ? 16 : 0)
  const axis = logAxis(drawn.flatMap(({ arm: { runs, interval, sample } }) =>
    [...runs.map(({ loss }) => loss), ...(interval ?? []), sample.mean].filter(isPlottable)))
  const key = `From top to bottom: mean${modes.length > 0 ? ` (${keyOf(modes)})` : ''}, 95 % interval, single runs.`
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
      x: { ...axis, name: loss.name, nameGap: 26 },
      y: { ...rowAxis(names, left), ...(index > 0 ? { axisLabel: { show: false } } : {}) },
      series: lossSeries(those, names),
    })),
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

function lossSeries(drawn: Drawn[], names: string[]): object[] {
  const row = (each: Drawn) => names.indexOf(each.name)
  const bars = drawn.flatMap((each) => (each.arm.interval?.every(isPlottable)
    ? [{ low: each.arm.interval[0], high: each.arm.interval[1], row: row(each), colour: colourOf(each) }]
    : []))
  return [
    {
      type: 'scatter', symbolSize: 4, symbolOffset: [0, RUNS_AT], z: 2,
      data: drawn.flatMap((each) => each.arm.runs.filter(({ loss }) => isPlottable(loss)).map(({ loss }) =>
        ({ value: [loss, row(each)], itemStyle: { color: colourOf(each), opacity: 0.5 } }))),
    },
    intervalSeries(bars),
    {
      type: 'scatter', symbolSize: 8, symbolOffset: [0, MEAN_AT], z: 3,
      data: drawn.filter(({ arm }) => isPlottable(arm.sample.mean))
        .map((each) => ({ value: [each.arm.sample.mean, row(each)], ...mark(each) })),
    },
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
