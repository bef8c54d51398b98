import type { BrowserWindow, NativeImage } from 'electron'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { App, ExportFormat, SweepPlan } from '../app/app.ts'
import type { DocumentSource } from '../app/documents.ts'
import { exportShortage } from '../app/export-size.ts'
import { safeFileName, writeFileAtomically } from '../app/files.ts'
import { type FileAccess, forbiddenPath } from '../app/file-access.ts'
import { inWindowWords } from '../app/signal-words.ts'
import type { Notice } from '../contract/library.ts'
import { BadInput, type Problem } from '../contract/problem.ts'
import type { BuildKind } from './build-kind.ts'
import type { ChosenFiles } from './chosen-files.ts'
import { confirmFigure, confirmPreset, confirmRuns, confirmView } from './confirm-deletion.ts'
import { confirmReplaced, confirmReplacedFigures, confirmReplacedFiles, confirmReplacedView } from './confirm-replacement.ts'
import { chooseFolder, chooseSource, chooseTarget, confirmAnyway } from './dialogs.ts'
import type { Handlers } from './dispatcher.ts'
import type { PreferenceFile } from './preferences.ts'

export interface About {
  version: string
  build: BuildKind
  /** True if the default library was just created. */
  firstStart: boolean
}

/** What the desktop adds to the application. */
export interface Desk {
  about: About
  preferences: PreferenceFile
  /** Notices since the start, oldest first. */
  notices: () => Notice[]
  /** Put a text on the clipboard. */
  copy: (text: string) => void
  /** The icon of a file, as the system shows it. */
  fileIcon: (file: string) => Promise<NativeImage>
  /** Files that the user chose for experiments. */
  files: ChosenFiles
  /** Tell the window how much of a signal file is read. */
  onReading: (share: number) => void
}

/** Create the handlers of all calls in the contract. Dialogs open over `window`. */
export function createHandlers(app: App, window: BrowserWindow, desk: Desk): Handlers {
  const { about, preferences, notices, copy, fileIcon, files, onReading } = desk
  /** Only a file that the user chose is imported. */
  let previewed: string | null = null
  /** Only an archive that was written for it is dragged out. */
  let prepared: string | null = null
  const mayReplaceFigures = confirmReplacedFigures(app, window)
  return {
    'app.info': async () => ({
      ...about,
      electron: process.versions.electron,
      libraryFile: app.libraryFile,
      readOnly: app.readOnly,
      cores: availableParallelism(),
    }),
    'app.preferences': async () => preferences.current,
    'app.prefer': async (some) => preferences.change(some),
    'app.copyDiagnostics': async (window) => {
      copy(await app.diagnostics({ build: about.build, ...window, ...preferences.current }))
      return {}
    },
    'window.zoom': ({ factor }) => done(Promise.resolve(window.webContents.setZoomFactor(factor))),
    'presets.list': () => app.presets(),
    'presets.save': (draft) => orRefused(async () => ({ preset: await app.savePreset(draft) })),
    'presets.delete': async ({ id }) => ifYes(await confirmPreset(app, window, id), () => app.deletePreset(id)),
    'spec.import': async ({ kind, file: dropped }) => {
      const file = dropped ?? await chooseSource(window, `Import ${kind}`, { ...specKind, name: kind === 'sweep' ? 'Sweep' : 'Experiment' })
      if (file === null) return null
      if (dropped !== undefined && !await files.known.mayRead(dropped)) throw notDropped(dropped)
      const read = await readText(app, kind, { file, name: path.basename(file) })
      if (!read.ok) return { file, read }
      for (const one of read.files) files.add(one)
      return { file, read: { ok: true, text: read.text } }
    },
    'spec.read': async ({ kind, text }) => {
      const read = await readText(app, kind, { text, name: 'The file' })
      return read.ok ? { ok: true, text: read.text } : read
    },
    'spec.export': async ({ name, document }) => {
      const file = await chooseTarget(window, safeFileName(`${name}.json`), specKind)
      if (file === null) return null
      await writeFileAtomically(file, await app.documentText(document))
      return { files: [file] }
    },
    'runs.start': ({ spec }) => startRun(app, spec, files.asking),
    'runs.stop': ({ runId }) => done(app.stop(runId)),
    'runs.pause': ({ runId }) => done(app.pause(runId)),
    'runs.resume': ({ runId }) => done(app.resume(runId)),
    'runs.retry': async ({ runId }) => ({ runId: await app.retry(runId) }),
    'runs.shelve': ({ runIds, shelf }) => done(app.shelve(runIds, shelf)),
    'runs.delete': async ({ runIds }) => ifYes(await confirmRuns(app, window, runIds), () => app.deleteRuns(runIds)),
    'runs.list': ({ sweepId = null, after = null }) => app.page(after, sweepId),
    'runs.summaries': ({ runIds }) => app.summaries(runIds),
    'runs.find': (which) => app.queries.find(which),
    'runs.count': (which) => app.queries.count(which),
    'runs.query': (asked) => app.queries.query(asked),
    'runs.order': (asked) => app.queries.order(asked),
    'runs.groups': (asked) => app.queries.groups(asked),
    'runs.cells': (asked) => app.queries.cells(asked),
    'runs.annotate': ({ runIds, change }) => done(app.annotate(runIds, change)),
    'query.complete': ({ query, cursor }) => app.queries.complete(query, cursor),
    'runs.get': ({ runId }) => app.get(runId),
    'runs.array': ({ runId, epoch, kind, name }) => app.array(runId, epoch, kind, name),
    'snapshots.synapse': ({ runId, epochs, synapse }) => app.synapseHistory(runId, epochs, synapse),
    'snapshots.histograms': ({ runId, epochs, counted }) => app.snapshotHistograms(runId, epochs, counted),
    'runs.live': async () => app.live(),
    'runs.observe': async ({ runId, ...synapse }) => {
      app.observe(runId, synapse)
      return {}
    },
    'runs.export': async ({ runIds, format }) => {
      const folder = await chooseFolder(window, 'Choose a folder for the exported runs')
      if (folder === null || !await hasRoom(app, window, { runIds, format, folder })) return null
      return { files: await app.exportRuns(runIds, format, folder) }
    },
    'runs.prepareDrag': async ({ runIds }) => {
      const archive = await app.archiveToDrag(runIds)
      prepared = 'file' in archive ? archive.file : null
      return { problem: 'problem' in archive ? archive.problem : null }
    },
    'runs.drag': async () => {
      if (prepared === null) throw new BadInput('The drag', [{ path: '', rule: 'must be prepared first', found: '' }])
      window.webContents.startDrag({ file: prepared, icon: await fileIcon(prepared) })
      return {}
    },
    'runs.exportSizes': ({ runIds }) => app.exportSizes(runIds),
    'runs.verify': ({ runIds }) => app.verifyRuns(runIds),
    'runs.previewImport': async () => {
      const file = await chooseSource(window, 'Import runs from an archive, RO-Crate or library', { name: 'Runs', extensions: ['zip', 'chalcogen'] })
      if (file === null) return null
      previewed = file
      return { file, runs: await app.previewImport(file) }
    },
    'runs.import': async ({ file }) => {
      if (file !== previewed) throw new BadInput(file, [{ path: '', rule: 'must be the file that was previewed last. Import it again', found: '' }])
      return app.importRuns(file)
    },
    'runs.estimate': ({ spec }) => estimate(app, spec, files.known),
    'sweeps.plan': ({ sweep, measure }) => orRefused(async () => ({ plan: inWords(await app.sweeps.plan(sweep, measure, files.known)) })),
    'sweeps.start': ({ sweep }) => orRefused(async () => ({ sweepId: await app.sweeps.start(sweep, files.asking) })),
    'sweeps.takeUp': ({ sweep }) => orRefused(async () => ({ sweepId: await app.startOrResumeSweep(sweep) })),
    'sweeps.list': () => app.sweeps.list(),
    'sweeps.pause': ({ sweepId }) => done(app.sweeps.pause(sweepId)),
    'sweeps.resume': ({ sweepId }) => done(app.sweeps.resume(sweepId)),
    'sweeps.stop': ({ sweepId }) => done(app.sweeps.stop(sweepId)),
    'sweeps.compare': ({ sweepId, by }) => app.sweeps.compare(sweepId, by),
    'groups.test': (groups) => app.testGroups(groups),
    'sweeps.export': async ({ sweepId, by }) => {
      const folder = await chooseFolder(window, 'Choose a folder for the report')
      return folder === null ? null : { files: await app.exportSweep(sweepId, by, folder) }
    },
    'studies.list': () => app.studies.list(),
    'studies.import': () => orRefused(async () => {
      const file = await chooseSource(window, 'Add a study', { name: 'Study', extensions: ['json'] })
      return { id: file === null ? null : await app.studies.import(file, (id) => confirmReplaced(window, 'study', id)) }
    }),
    'studies.plan': ({ id, search }) => orRefused(async () => ({ plan: await app.studies.plan(id, { search }, null) })),
    'studies.start': ({ id, search }) => orRefused(async () => ({ sweepId: await app.studies.start(id, search) })),
    'studies.export': async ({ id, search }) => {
      const folder = await chooseFolder(window, 'Choose a folder for the report')
      if (folder === null) return null
      const commands = ['npm ci', `npm run chalcogen -- study ${id} --out docs${search ? ' --search' : ''}`]
      return { files: (await app.studies.write(id, { search }, null, folder, commands)).files }
    },
    'queue.get': () => app.queue.get(),
    'queue.order': ({ runIds }) => done(app.queue.order(runIds)),
    'queue.prioritise': ({ runIds, priority }) => done(app.queue.prioritise(runIds, priority)),
    'queue.workers': ({ workers }) => done(app.queue.setWorkers(workers)),
    'queue.hold': () => done(app.queue.hold()),
    'queue.release': () => done(app.queue.release()),
    'library.notices': async () => notices(),
    'library.usage': () => app.usage(),
    'library.settings': () => app.settings(),
    'library.configure': (settings) => app.configure(settings),
    'library.check': ({ repair }) => app.check(repair),
    'library.backups': async () => app.backups(),
    'library.backup': () => app.backUp(),
    'library.restore': async ({ file }) => {
      const setAside = await app.restore(file)
      mayReplaceFigures.forget()
      return { setAside }
    },
    'library.compact': async () => ({ freedBytes: await app.compact() }),
    'library.move': async () => {
      const folder = await chooseFolder(window, 'Choose a folder for the library')
      return folder === null ? null : { file: await app.move(folder) }
    },
    'library.cancel': () => done(app.cancel()),
    'chart.export': async ({ name, format, page }) => {
      const file = await chooseTarget(window, safeFileName(`${name}.${format}`), pictureKinds[format])
      if (file === null) return null
      await writeFileAtomically(file, await app.picture(page, format, name))
      return { files: [file] }
    },
    'figures.list': async () => ({ figures: await app.figures.list() }),
    'figures.save': async ({ document, replaces }) => {
      const saved = await mayReplaceFigures([document.name, ...(replaces === null ? [] : [replaces])])
      if (saved) await app.figures.save(document, replaces)
      return { saved }
    },
    'figures.delete': async ({ name }) => ifYes(await confirmFigure(app, window, name), () => app.figures.delete(name)),
    'views.list': async () => ({ views: await app.views.list() }),
    'views.save': async (view) => {
      const saved = await confirmReplacedView(app, window, view)
      if (saved) await app.views.save(view)
      return { saved }
    },
    'views.delete': async ({ name }) => ifYes(await confirmView(window, name), () => app.views.delete(name)),
    'figures.draw': ({ document }) => app.figures.draw(document),
    'figures.export': async ({ document, format, dpi, beside, outlines }) => {
      const file = await chooseTarget(window, safeFileName(`${document.name || 'figure'}.${format}`), pictureKinds[format])
      if (file === null) return null
      const mayReplace = (others: readonly string[]) => confirmReplacedFiles(window, others)
      const written = await app.figures.write(document, file, { beside, outlines, mayReplace, ...(format === 'png' && { dpi }) })
      return written && { files: written.files, warnings: [...written.warnings] }
    },
    'chart.picture': async ({ page }) => ({ png: await app.picture(page, 'png', '') }),
    'signal.choose': async ({ again }) => {
      app.signals.warm()
      const before = again === undefined || forbiddenPath(again) !== null ? undefined : path.resolve(files.known.baseDir, again)
      const kinds = ['csv', 'tsv', 'txt', 'dat', 'asc', 'prn', 'log', 'npy', 'npz', '*']
      const file = await chooseSource(window, 'Choose a target signal', { name: 'Signals', extensions: kinds }, before)
      if (file !== null) files.add(file)
      return file === null ? null : { file, isSame: file === before }
    },
    'signal.preview': ({ file, choice, part }) => orRefused(async () => ({
      preview: await app.signals.preview(file, choice, part, files.asking, onReading),
    })),
    'signal.cancel': async () => {
      app.signals.cancelPreview()
      return {}
    },
    'signal.check': ({ spec }) => app.signals.check(spec, files.known),
  }
}

const pictureKinds = {
  svg: { name: 'SVG image', extensions: ['svg'] },
  pdf: { name: 'PDF document', extensions: ['pdf'] },
  png: { name: 'PNG image', extensions: ['png'] },
}

const specKind = { name: 'Experiment', extensions: ['json'] }

const readText = (app: App, kind: 'experiment' | 'sweep', source: DocumentSource) =>
  orRefused(() => app.readDocument(kind, source))

const notDropped = (file: string) => new BadInput(file, [{ path: '', rule: 'must be dropped on the window first', found: '' }])

const startRun = (app: App, document: unknown, access: FileAccess) =>
  orRefused(async () => ({ runId: await app.start(await app.prepare(document, 'The experiment', access)) }))

/** A plan whose notes have the words of the window. */
const inWords = (plan: SweepPlan): SweepPlan => ({ ...plan, notes: plan.notes.map(inWindowWords) })

/** Whether a folder has room for an export, or the user exports anyway. */
async function hasRoom(
  app: App, window: BrowserWindow, { runIds, format, folder }: { runIds: string[]; format: ExportFormat; folder: string },
): Promise<boolean> {
  const shortage = exportShortage((await app.exportSizes(runIds))[format], await app.freeSpace(folder), folder)
  if (shortage === null) return true
  const detail = `${shortage} If the disk becomes full, nothing is left of the export.`
  return confirmAnyway(window, { message: 'The export may not fit on the disk.', detail, action: 'Export anyway' })
}

/** Estimate the duration of a run; null if the draft is invalid. */
async function estimate(app: App, document: unknown, access: FileAccess): ReturnType<Handlers['runs.estimate']> {
  const prepared = await orRefused(async () => ({ spec: await app.prepare(document, 'The experiment', access) }))
  return prepared.ok ? app.estimate(prepared.spec) : null
}

/** Return the result, or the problems of a document that the form sent. */
async function orRefused<Result extends object>(
  act: () => Promise<Result>,
): Promise<({ ok: true } & Result) | { ok: false; problems: Problem[] }> {
  try {
    return { ok: true, ...await act() }
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, problems: error.problems }
    throw error
  }
}

/** Answer of a call without a result. */
async function done(act: Promise<void>): Promise<Record<string, never>> {
  await act
  return {}
}

/** Delete something that the user has agreed to delete. */
async function ifYes(deleted: boolean, act: () => Promise<unknown>): Promise<{ deleted: boolean }> {
  if (deleted) await act()
  return { deleted }
}
