import { checkFigure, type FigureDocument } from '../../src-engine/charts/figure-document.ts'
import { boundsProblem } from '../../src-engine/experiment/bounds.ts'
import { readSpec } from '../../src-engine/experiment/document.ts'
import { checkStudy } from '../../src-engine/study/check-study.ts'
import { settingsSchema, type StudySettings } from '../../src-engine/study/settings.ts'
import type { Study } from '../../src-engine/study/study.ts'
import { BadInput, problemsOf } from '../contract/problem.ts'
import { jobThreads } from './job-threads.ts'
import { parseJson } from './json.ts'
import { isGroup, openDocument, type OpenedDocument } from './open-document.ts'
import { readSpecFile } from './spec-file.ts'

/** A document from outside, as a file or as its text. */
export type DocumentSource = { /** As messages should name it. */ name: string } & ({ file: string } | { text: string })

/** What a document of each kind is read as. */
export interface Documents {
  /** A complete spec. */
  experiment: OpenedDocument
  /** A JSON object whose size is checked. The window shows what is wrong with it. */
  sweep: OpenedDocument
  study: Study
  settings: StudySettings
  figure: FigureDocument
}
export type DocumentKind = keyof Documents

/** @throws BadInput; file system errors */
export type ReadDocument = <Kind extends DocumentKind>(kind: Kind, source: DocumentSource) => Promise<Documents[Kind]>

/** @param file absolute path; null for a text */
type Reader<Kind extends DocumentKind> =
  (text: string, name: string, file: string | null, resourcesDir: string) => Documents[Kind] | Promise<Documents[Kind]>

const readers: { [Kind in DocumentKind]: Reader<Kind> } = {
  experiment(text, name, file, resourcesDir) {
    const read = readSpec(text)
    if (!read.ok) throw new BadInput(name, read.problems)
    return openDocument(read.spec, file, resourcesDir)
  },
  sweep(text, name, file, resourcesDir) {
    const document = bounded(text, name)
    if (isGroup(document)) return openDocument(document, file, resourcesDir)
    throw new BadInput(name, [{ path: '', rule: 'must be a JSON object', found: '' }])
  },
  study(text, name) {
    const checked = checkStudy(parseJson(text, name))
    if (!checked.ok) throw new BadInput(name, checked.problems)
    return checked.study
  },
  settings(text, name) {
    const document = bounded(text, name)
    const parsed = settingsSchema.safeParse(document)
    if (!parsed.success) throw new BadInput(name, problemsOf(parsed.error, document))
    return parsed.data
  },
  figure(text, name) {
    const checked = checkFigure(parseJson(text, name))
    if (!checked.ok) throw new BadInput(name, checked.problems)
    return checked.document
  },
}

function bounded(text: string, name: string): unknown {
  const document = parseJson(text, name)
  const excess = boundsProblem(document)
  if (excess) throw new BadInput(name, [excess])
  return document
}

/** Read a document in this thread. @param resourcesDir the shipped presets, which only a sweep may name */
export async function readDocument<Kind extends DocumentKind>(kind: Kind, source: DocumentSource, resourcesDir = ''): Promise<Documents[Kind]> {
  const file = 'file' in source ? source.file : null
  const text = 'text' in source ? source.text : await readSpecFile(source.file, source.name)
  return readers[kind](text, source.name, file, resourcesDir)
}

interface DocumentInput { source: DocumentSource; resourcesDir: string }
export type DocumentJobs = { [Kind in DocumentKind]: { input: DocumentInput; output: Documents[Kind] } }

/** Several times what the largest document takes whose values are counted before it is parsed. */
const HEAP_MB = 512

export interface DocumentThreads {
  read: ReadDocument
  /** Cancel everything, and wait until the threads have ended. */
  close(): Promise<void>
}

/**
 * Reads documents from outside in threads of their own.
 * @param file `document.worker.ts` or its bundled path
 * @param resourcesDir the shipped presets, which a sweep may name
 */
export function documentThreads(file: string | URL, resourcesDir: string, heapMb = HEAP_MB): DocumentThreads {
  const threads = jobThreads<DocumentJobs>({
    file, name: 'document', heapMb, sourceOf: ({ input }) => input.source.name, advice: 'It is larger than any document of this program',
  })
  return { read: (kind, source) => threads.run(kind, { source, resourcesDir }) as Promise<never>, close: threads.close }
}
