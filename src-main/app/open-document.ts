import path from 'node:path'
import { EXAMPLE } from '../../src-engine/experiment/tasks/signal.ts'
import { type FileAccess, filesBelow, forbiddenPath } from './file-access.ts'
import { readSpecFile } from './spec-file.ts'
import { namedSpec } from './sweep-source.ts'

/** A spec or a sweep as the window opens it. */
export interface OpenedDocument {
  /** Its signal files have absolute paths, because the window does not know where the document was. */
  text: string
  /** Signal files below the folder of the document, which may be read because the user chose the document. */
  files: string[]
}

type Group = Record<string, unknown>

/**
 * Read a spec or a sweep that the user chose. A relative signal file starts at its folder, and so does an experiment that a sweep names.
 * @throws BadInput if it is too large or not text, or if a sweep names an experiment that cannot be read; file system errors
 */
export async function openDocument(file: string, resourcesDir: string): Promise<OpenedDocument> {
  const text = await readSpecFile(file, path.basename(file))
  const document = parsed(text)
  if (!isGroup(document)) return { text, files: [] }
  const access = filesBelow(path.dirname(file))
  const whole = typeof document.spec === 'string' ? { ...document, spec: await namedSpec(document.spec, access, resourcesDir) } : document
  const named = new Set<string>()
  const placed = placedFiles(whole, access.baseDir, named)
  if (named.size === 0 && whole === document) return { text, files: [] }
  return { text: `${JSON.stringify(placed, null, 2)}\n`, files: await allowed([...named], access) }
}

/** Null for what is no JSON, which the window says. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
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
  const placedVariant = (variant: unknown) => (isGroup(variant) ? { ...variant, changes: placedChanges(variant.changes) } : variant)
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

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)
