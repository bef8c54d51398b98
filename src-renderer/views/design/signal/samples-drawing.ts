import { outlineOf } from '../../../../src-engine/analysis/outline.ts'
import { areKept, outputsOf, type SignalSpec } from '../../../../src-engine/experiment/task.ts'
import type { SignalOfPreview } from '../../../../src-engine/charts/preview-signal.ts'

/** Points of a curve of which each is seen on the widest screen. */
const MOST_POINTS = 4000

/** The signal of a spec that has its samples in itself, as an imported one; null if it has none. */
export function drawingOfSamples(task: SignalSpec): SignalOfPreview | null {
  const { samples, columns = [task.column] } = task
  if (samples === undefined || areKept(samples)) return null
  const count = samples.length / outputsOf(task)
  const drawn = columns.map((name, index) => {
    const own = samples.slice(index * count, (index + 1) * count)
    const at = outlineOf(own, MOST_POINTS)
    return { name: name || 'Signal', unit: '', at, values: at.map((one) => own[one]!) }
  })
  return { count, axis: { name: 'Sample', start: 1, step: 1 }, columns: drawn, filled: [], filledCount: 0 }
}
