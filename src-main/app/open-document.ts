import path from 'node:path'
import { EXAMPLE } from '../../src-engine/experiment/tasks/signal.ts'
import { type FileAccess, filesBelow, forbiddenPath } from './file-access.ts'
import { namedSpec } from './sweep-source.ts'

/** A spec or a sweep as the window opens it. */
export interface OpenedDocument {
  /** JSON: the window gets it as a whole. Its signal files have absolute paths, because the window does not know where the document was. */
  text: string
  /** Signal files below the folder of the document, which may be read because the user chose the document. */
  files: string[]
}

type Group = Readonly<Record<string, unknown>>

/**
 * Open a spec or a sweep that the user chose. A relative signal file starts at its folder, and so does an experiment that a sweep names.
 * @param file absolute path of the document; null if it is not known, and nothing starts anywhere
 * @throws BadInput if a sweep names an experiment that cannot be read; file system errors
 */
export async function openDocument(document: Group, file: string | null, resourcesDir: string): Promise<OpenedDocument> {
  if (file === null) return { text: JSON.stringify(document), files: [] }
  const access = filesBelow(path.dirname(file))
  const whole = typeof document.spec === 'string' ? { ...document, spec: await namedSpec(document.spec, access, resourcesDir) } : document
  const named = new Set<string>()
  const text = JSON.stringify(placedFiles(whole, access.baseDir, named))
  return { text, files: await allowed([...named], access) }
}

/** The document with absolute paths of the signal files of its task, its experiment, its variants and its axes. @param named receives them */
function placedFiles(document: Group, folder: string, named: Set<string>): Group {
  const place = (file: unknown) => {
    if (typeof file !== 'string' || file === '' || file.startsWith(EXAMPLE) || forbiddenPath(file) !== null) return file
    const whole = path.resolve(folder, file)
    named.add(whole)
    return whole
  }
  const placedTask = (task: unknown) => (isGroup(task) && 'file' in task && task.samples === undefined ? { ...task, file: place(task.file) } : task)
  const placedChanges = (changes: unknown) =>
    (isGroup(changes) && 'task.file' in changes ? { ...changes, 'task.file': place(changes['task.file']) } : changes)
  const placedVariant = (variant: unknown) =>
    (isGroup(variant) ? { ...variant, changes: placedChanges(variant.changes) } : variant)
  const placedAxis = (axis: unknown) =>
    (isGroup(axis) && axis.path === 'task.file' && Array.isArray(axis.values) ? { ...axis, values: axis.values.map(place) } : axis)
  return {
    ...document,
    ...('task' in document && { task: placedTask(document.task) }),
    ...(isGroup(document.spec) && { spec: placedFiles(document.spec, folder, named) }),
    ...(Array.isArray(document.variants) && {
      variants: document.variants.map(placedVariant),
    }),
    ...(Array.isArray(document.axes) && { axes: document.axes.map(placedAxis) }),
  }
}

async function allowed(files: readonly string[], { mayRead }: FileAccess): Promise<string[]> {
  const may = await Promise.all(files.map(mayRead))
  return files.filter((_, index) => may[index])
}

export const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)
