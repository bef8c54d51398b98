import { problemsOf } from '../../src-engine/experiment/problem.ts'
import { counted } from '../../src-engine/format/words.ts'
import { type AnnotationChange, annotationChangeSchema } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { readSpecFile } from '../app/spec-file.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { requireSelection, selectedRuns, type Selection } from './selection.ts'
import { withLibrary } from './surroundings.ts'

export interface AnnotateFlags extends Selection {
  tag?: string[]
  untag?: string[]
  note?: string
  noteFile?: string
  star?: true
  unstar?: true
  name?: string
  library?: string
}

/** Change names, tags, notes and stars of runs. Their specs stay as they are. */
export async function annotate(runIds: string[], flags: AnnotateFlags, output: Output): Promise<number> {
  requireSelection(runIds, flags)
  const change = await changeOf(flags)
  const changed = await withLibrary(flags.library, output, async (app) => {
    const selected = await selectedRuns(app, runIds, flags)
    await app.annotate(selected, change)
    return selected
  })
  output.result({ runIds: changed, change }, `Changed ${counted(changed.length, 'run')}.`)
  return DONE
}

/** @throws BadInput if nothing would change, or an option contradicts another or is not valid */
async function changeOf({ tag, untag, note, noteFile, star, unstar, name }: AnnotateFlags): Promise<AnnotationChange> {
  if (star && unstar) throw refusal('--star', 'cannot be combined with --unstar')
  if (note !== undefined && noteFile !== undefined) throw refusal('--note', 'cannot be combined with --note-file')
  const given = {
    addTags: tag, removeTags: untag, note: noteFile === undefined ? note : await readSpecFile(typedPath(noteFile), noteFile),
    starred: star ?? (unstar ? false : undefined), name: name === '' ? null : name,
  }
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (Object.keys(change).length === 0) throw refusal('The command', 'needs a change: --tag, --untag, --note, --note-file, --star, --unstar or --name')
  const parsed = annotationChangeSchema.safeParse(change)
  if (!parsed.success) throw new BadInput('The annotation', problemsOf(parsed.error, change))
  return parsed.data
}

const refusal = (source: string, rule: string) => new BadInput(source, [{ path: '', rule, found: '' }])
