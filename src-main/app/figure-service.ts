import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checkFigure, type FigureDocument } from '../../src-engine/charts/figure-document.ts'
import { pageStyleOf } from '../../src-engine/charts/styled.ts'
import { pageOf } from '../../src-engine/figure/page/page.ts'
import type { DrawnFigure, KeptFigure } from '../contract/figures.ts'
import { BadInput } from '../contract/problem.ts'
import type { Library } from '../library/library.ts'
import { besideFigure } from '../transfer/figure-beside.ts'
import { bytesOfFigure, type FigureOptions, refuseFigureFile } from '../transfer/figure-file.ts'
import { makeFolder, writeTogether } from '../transfer/write-file.ts'
import type { ReadDocument } from './documents.ts'
import { drawFigure, type FigureSource, keptFigures, makeFigure, sourceOf } from './figures.ts'

/** Figures that the user composes of charts. */
export interface FigureService {
  list(): Promise<KeptFigure[]>
  /**
   * The figure of a file that ends in .json, or a kept one by its name; null if there is none of that name.
   * @param folder where relative paths start
   * @throws BadInput if the document is no figure; file system errors
   */
  find(word: string, folder: string): Promise<FigureDocument | null>
  /** @param replaces name of a figure that gives way to it, if there is one */
  save(document: FigureDocument, replaces: string | null): Promise<void>
  delete(name: string): Promise<void>
  draw(document: FigureDocument): Promise<DrawnFigure>
  /**
   * Write a figure in the format that the ending of the file says.
   * @returns null if files beside it may not be replaced; nothing is written then. @throws BadInput or FileError
   */
  write(document: FigureDocument, file: string, how: HowToWrite): Promise<WrittenFigure | null>
}

export interface HowToWrite extends Pick<FigureOptions, 'dpi' | 'outlines'> {
  /** Whether its data, its document and a script that draws it again are written beside it. */
  beside: boolean
  /** A file that is not replaced by one of these: the user's own document. */
  kept?: string
  /** Whether files beside the figure with another content may be replaced; by default, yes. @param files their paths */
  mayReplace?: (files: readonly string[]) => Promise<boolean>
}

export interface WrittenFigure {
  files: string[]
  /** What is missing, or has changed since the figure was saved. */
  warnings: readonly string[]
}

interface Parts {
  library: Pick<Library, 'figures' | 'saveFigure' | 'deleteFigure'>
  source: FigureSource
  pictures: Omit<FigureOptions, 'title' | 'source' | 'dpi' | 'outlines'>
  /** The script that draws figures again. */
  scriptFile: string
  /** Reads documents in another thread. */
  read: ReadDocument
}

export const figureService = ({ library, source, pictures, scriptFile, read }: Parts): FigureService => ({
  list: () => keptFigures(library),
  find: (word, folder) => (word.toLowerCase().endsWith('.json') ? read('figure', { file: path.resolve(folder, word), name: word }) : keptFigure(library, word)),
  async save(document, replaces) {
    await library.saveFigure({ name: document.name, changedAt: new Date().toISOString(), document: parseFigure(document, 'The figure') })
    const isOther = replaces !== null && !isSameName(replaces, document.name)
    if (isOther && (await library.figures()).some(({ name }) => name === replaces)) await library.deleteFigure(replaces)
  },
  delete: (name) => library.deleteFigure(name),
  draw: (document) => drawFigure(source, document),
  async write(document, file, { beside, kept, mayReplace, ...how }) {
    const format = refuseFigureFile(file, how.dpi)
    const { figure, warnings, runs } = await makeFigure(source, document)
    const { dir, base, name } = path.parse(path.resolve(file))
    const options = { ...pictures, title: document.name || 'Figure', source: sourceOf(runs), ...how }
    const content = await bytesOfFigure(pageOf(figure, pageStyleOf(document.style)), format, options)
    const all = beside ? besideFigure(document, figure, name, await readFile(scriptFile, 'utf8')) : []
    const others = all.filter((one) => path.join(dir, one.name) !== kept)
    const changed = await changedOf(dir, others)
    if (changed.length > 0 && mayReplace && !await mayReplace(changed)) return null
    await makeFolder(dir)
    const files = await writeTogether(dir, async (drafts) => {
      for (const each of [{ name: base, content }, ...others]) {
        await writeFile(drafts.of(each.name), each.content)
      }
    })
    return { files, warnings }
  },
})

/** Files of a folder that would get another content. */
async function changedOf(dir: string, files: readonly { name: string; content: string }[]): Promise<string[]> {
  const changed: string[] = []
  for (const { name, content } of files) {
    const file = path.join(dir, name)
    const before = await readFile(file, 'utf8').catch(() => content)
    if (before !== content) changed.push(file)
  }
  return changed
}

const isSameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

async function keptFigure(library: Pick<Library, 'figures'>, name: string): Promise<FigureDocument | null> {
  const kept = (await library.figures()).find((figure) => isSameName(figure.name, name))
  return kept === undefined ? null : parseFigure(kept.document, name)
}

function parseFigure(value: unknown, source: string): FigureDocument {
  const checked = checkFigure(value)
  if (!checked.ok) throw new BadInput(source, checked.problems)
  return checked.document
}
