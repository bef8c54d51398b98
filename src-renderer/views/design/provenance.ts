import type { Change } from '../../components/spec-form/changes.ts'
import type { Preset } from '../../stores/design.ts'

const MAX_LENGTH = 4000

/** Default provenance of a new preset: the preset it is based on, and the changes. */
export function provenanceOf(preset: Preset | null, changes: readonly Change[]): string {
  const origin = preset ? `${preset.title} (${preset.id})` : 'the defaults'
  const list = changes.map(({ title, from, to, unit }) => `${title} ${from || 'empty'} → ${to || 'empty'}${unit && ` ${unit}`}`)
  const text = list.length === 0 ? `Same as ${origin}.` : `Based on ${origin}. Changed: ${list.join('; ')}.`
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`
}
