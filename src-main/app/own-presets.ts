import { checkSpec, parseSpec } from '../../src-engine/spec/parse.ts'
import type { Preset } from '../contract/contract.ts'
import { BadInput } from '../contract/problem.ts'
import type { KeptPreset, Library } from '../library/library.ts'

export { OWN } from '../contract/contract.ts'

/** What a person gives of a new preset; the spec is checked here. */
export interface PresetDraft {
  title: string
  description: string
  provenance: string
  spec: unknown
}

/** The user's own. One whose spec this version no longer takes is left out; it stays in the library. */
export const ownPresets = async (library: Pick<Library, 'presets'>): Promise<Preset[]> =>
  (await library.presets()).flatMap((kept) => presetOf(kept) ?? [])

function presetOf({ id, title, description, provenance, spec }: KeptPreset): Preset | null {
  const checked = checkSpec(spec)
  return checked.ok ? { id, title, description, provenance, own: true, spec: { ...checked.spec, preset: id } } : null
}

/** @throws BadInput where the title or the spec cannot be kept, with nothing written */
export async function saveOwnPreset(library: Pick<Library, 'savePreset'>, shipped: readonly Preset[], draft: PresetDraft): Promise<Preset> {
  const title = draft.title.trim()
  if (title === '') throw new BadInput('The preset', [{ path: 'title', found: '""', allowed: 'a text of 1 to 200 characters' }])
  if (shipped.some((preset) => preset.title.toLowerCase() === title.toLowerCase())) throw taken(title)
  const { description, provenance } = draft
  const spec = parseSpec(draft.spec, 'The preset')
  const id = await library.savePreset({ title, description, provenance, spec, createdAt: new Date().toISOString() })
  if (id === null) throw taken(title)
  return { id, title, description, provenance, own: true, spec: { ...spec, preset: id } }
}

const taken = (title: string) =>
  new BadInput('The preset', [{ path: 'title', found: JSON.stringify(title), allowed: 'a title that no other preset has' }])
