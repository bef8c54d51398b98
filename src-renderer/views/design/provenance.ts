import type { Change } from '../../components/spec-form/changes.ts'
import type { Preset } from '../../stores/design.ts'

const LONGEST = 4000

/** Where the numbers of a new preset come from: what it was made of, and what was changed in it. */
export function provenanceOf(preset: Preset | null, changes: readonly Change[]): string {
  const origin = preset ? `${preset.title} (${preset.id})` : 'the defaults'
  const list = changes.map(({ title, from, to, unit }) => `${title} ${from || 'empty'} → ${to || 'empty'}${unit && ` ${unit}`}`)
  const text = list.length === 0 ? `As in ${origin}.` : `Made from ${origin}, with ${list.join('; ')}.`
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}
