import { roundTo } from '../../../src-engine/format/numbers.ts'
import type { NumberField } from './form-model.ts'

/**
 * The next round number up or down: one unit of the leading digit (30 → 40, 2e-5 → 3e-5), and at least 1 for whole numbers.
 * Never leaves the field's range.
 */
export function stepped(value: number, direction: 1 | -1, field: NumberField): number {
  const leading = value === 0 ? 0.1 : 10 ** Math.floor(Math.log10(Math.abs(value)) + 1e-9)
  const falls = direction * value < 0 && Math.abs(Math.abs(value) - leading) < leading * 1e-9
  const unit = falls ? leading / 10 : leading
  const next = value + direction * (field.whole ? Math.max(1, Math.round(unit)) : unit)
  return Math.min(field.max, Math.max(field.min, roundTo(next, 12)))
}
