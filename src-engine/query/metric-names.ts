import { anyLoss, type LossKind, type MetricKind } from '../experiment/metrics.ts'
import { taskKinds } from '../experiment/task.ts'
import { defineName, type Measure, type QueryName } from './name.ts'

const distinct = <Kind extends MetricKind>(kinds: readonly Kind[]): Kind[] =>
  [...new Map(kinds.map((kind) => [kind.id, kind])).values()]

/** Losses of all tasks, by their own names. */
export const losses: readonly LossKind[] = distinct(taskKinds.map(({ minimises }) => minimises))
/** Metrics that tasks report besides their loss. */
export const metrics: readonly MetricKind[] = distinct(taskKinds.flatMap(({ reports }) => [...reports]))

/** A number that every epoch of a run has. */
interface Series extends Pick<MetricKind, 'id' | 'title' | 'name' | 'unit'> {
  /** Null if neither smaller nor larger values are better. */
  better: MetricKind['better'] | null
  /** What the name alone stands for. */
  plain: Measure
}

const lastEpoch: Measure = { of: 'last' }
const meanOfLast20: Measure = { of: 'mean', epochs: 20 }

const allSeries: readonly Series[] = [
  { ...anyLoss, plain: meanOfLast20 },
  { id: 'rate', title: 'Rate', name: 'Mean firing rate', unit: 'Hz', better: null, plain: lastEpoch },
  ...losses.map((loss): Series => ({ ...loss, plain: meanOfLast20 })),
  ...metrics.map((metric): Series => ({ ...metric, plain: lastEpoch })),
]
const seriesById = new Map(allSeries.map((series) => [series.id.toLowerCase(), series]))

/** Largest number in a name: the most epochs that a run can have. */
const MOST_EPOCHS = 1_000_000
/** Numbers that stand for all others in lists of names. */
const examples: readonly Measure[] = [{ of: 'mean', epochs: 5 }, { of: 'epoch', epochs: 100 }]

function suffixOf(measure: Measure): string {
  return measure.of === 'mean' || measure.of === 'epoch' ? `${measure.of}${measure.epochs}` : measure.of
}

/** In a sentence: 'last epoch'. */
function phraseOf(measure: Measure, { better }: Series): string {
  switch (measure.of) {
    case 'last': return 'last epoch'
    case 'best': return `${better === 'higher' ? 'largest' : 'smallest'} of all epochs`
    case 'mean': return measure.epochs === 1 ? 'last epoch' : `mean of the last ${measure.epochs} epochs`
    case 'epoch': return `epoch ${measure.epochs}`
  }
}

/** In the head of a column: 'last 5'. */
function shortPhraseOf(measure: Measure): string {
  switch (measure.of) {
    case 'mean': return `last ${measure.epochs}`
    case 'epoch': return `epoch ${measure.epochs}`
    default: return measure.of
  }
}

const isSame = (a: Measure, b: Measure) => suffixOf(a) === suffixOf(b)

function nameOfMeasure(series: Series, measure: Measure): QueryName {
  const { id, name, title, unit = null, plain } = series
  const isPlain = isSame(measure, plain)
  const full = `${id}.${suffixOf(measure)}`
  const short = shortPhraseOf(measure)
  return defineName({
    name: isPlain ? id : full, aliases: isPlain ? [full] : [], title: `${name}, ${phraseOf(measure, series)}`, kind: 'number', unit,
    head: unit === null ? `${title} (${short})` : `${title} (${unit}, ${short})`, origin: 'metric',
    measured: { metric: id, better: series.better, measure }, hasAnyNumber: !isPlain && (measure.of === 'mean' || measure.of === 'epoch'),
  })
}

function measuresOf({ better, plain }: Series): Measure[] {
  const best: Measure[] = better === null ? [] : [{ of: 'best' }]
  return [plain, ...(isSame(plain, lastEpoch) ? [] : [lastEpoch]), ...best, ...examples]
}

/** Names of all metrics: plain, last, best, and an example each of a mean and of an epoch. */
export const metricNames = (): QueryName[] =>
  allSeries.flatMap((series) => measuresOf(series).map((measure) => nameOfMeasure(series, measure)))

const NUMBERED = /^(.+)\.(mean|epoch)([1-9]\d*)$/

/** The name with any number of epochs that a text in small letters is: 'loss.mean7', 'loss.epoch40'. Null if it is none. */
export function numberedName(text: string): QueryName | null {
  const [, id = '', of = '', digits = ''] = NUMBERED.exec(text) ?? []
  const series = seriesById.get(id)
  const epochs = Number(digits)
  if (series === undefined || epochs > MOST_EPOCHS) return null
  return nameOfMeasure(series, { of: of as 'mean' | 'epoch', epochs })
}

/** Names of the metric that a text begins with: those of the loss for 'loss.worst'. Empty if it begins with none. */
export function namesOfMetricIn(text: string): string[] {
  const series = seriesById.get(/^(.+)\.[^.]*$/.exec(text.toLowerCase())?.[1] ?? '')
  return series === undefined ? [] : measuresOf(series).map((measure) => nameOfMeasure(series, measure).name)
}

export const numberRule = `The number is from 1 to ${MOST_EPOCHS}.`
