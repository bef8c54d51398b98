import { hiddenProblems } from '../../src-engine/experiment/hidden-characters.ts'
import { checkSpec, parseSpec } from '../../src-engine/experiment/parse.ts'
import type { Preset } from '../contract/contract.ts'
import { BadInput, MISSING } from '../contract/problem.ts'
import type { StoredPreset, Library } from '../library/library.ts'

export { OWN } from '../contract/contract.ts'

/** A new preset as the user enters it. Saving validates the spec. */
export interface PresetDraft {
  title: string
  description: string
  provenance: string
  spec: unknown
}

/** The user's own presets. Presets with an outdated spec are left out but stay in the library. */
export const ownPresets = async (library: Pick<Library, 'presets'>): Promise<Preset[]> =>
  (await library.presets()).flatMap((kept) => presetOf(kept) ?? [])

function presetOf({ id, title, description, provenance, spec }: StoredPreset): Preset | null {
  const checked = checkSpec(spec)
  return checked.ok ? { id, title, description, provenance, own: true, spec: { ...checked.spec, preset: id } } : null
}

/** Save a preset. @throws BadInput if the title or the spec is invalid; nothing is written then */
export async function saveOwnPreset(library: Pick<Library, 'savePreset'>, shipped: readonly Preset[], draft: PresetDraft): Promise<Preset> {
  const title = draft.title.trim()
  const hidden = hiddenProblems({ title })
  if (hidden.length > 0) throw new BadInput('The preset', hidden)
  if (title === '') throw new BadInput('The preset', [{ path: 'title', rule: 'must have 1 to 200 characters', found: MISSING }])
  if (shipped.some((preset) => preset.title.toLowerCase() === title.toLowerCase())) throw taken(title)
  const { description, provenance } = draft
  const spec = parseSpec(draft.spec, 'The preset')
  const id = await library.savePreset({ title, description, provenance, spec, createdAt: new Date().toISOString() })
  if (id === null) throw taken(title)
  return { id, title, description, provenance, own: true, spec: { ...spec, preset: id } }
}

const taken = (title: string) =>
  new BadInput('The preset', [{ path: 'title', rule: 'must not be the title of another preset', found: JSON.stringify(title) }])
