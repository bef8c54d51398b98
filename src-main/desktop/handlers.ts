import type { BrowserWindow } from 'electron'
import { availableParallelism, homedir } from 'node:os'
import type { App } from '../app/app.ts'
import { safeFileName, writeFileAtomically } from '../app/files.ts'
import { BadInput } from '../contract/problem.ts'
import type { BuildKind } from './build-kind.ts'
import { chooseFolder, chooseSource, chooseTarget } from './dialogs.ts'
import type { Handlers } from './dispatcher.ts'

export interface About {
  version: string
  build: BuildKind
}

/** What every call of the contract does; dialogs open over `window`. */
export function createHandlers(app: App, window: BrowserWindow, about: About): Handlers {
  return {
    'app.info': async () => ({
      ...about,
      electron: process.versions.electron,
      libraryFile: app.libraryFile,
      readOnly: app.readOnly,
      cores: availableParallelism(),
    }),
    'presets.list': () => app.presets(),
    'runs.start': ({ spec }) => startRun(app, spec),
    'runs.stop': ({ runId }) => done(app.stop(runId)),
    'runs.pause': ({ runId }) => done(app.pause(runId)),
    'runs.resume': ({ runId }) => done(app.resume(runId)),
    'runs.retry': async ({ runId }) => ({ runId: await app.retry(runId) }),
    'runs.shelve': ({ runIds, shelf }) => done(app.shelve(runIds, shelf)),
    'runs.delete': ({ runIds }) => done(app.deleteRuns(runIds)),
    'runs.list': () => app.list(),
    'runs.get': ({ runId }) => app.get(runId),
    'runs.array': ({ runId, epoch, kind, name }) => app.array(runId, epoch, kind, name),
    'runs.live': async () => app.live(),
    'runs.export': async ({ runIds, format }) => {
      const folder = await chooseFolder(window, 'Folder for the exported runs')
      return folder === null ? null : { files: await app.exportRuns(runIds, format, folder) }
    },
    'runs.import': async () => {
      const file = await chooseSource(window, 'Archive or library to import', { name: 'Runs', extensions: ['zip', 'chalcogen'] })
      return file === null ? null : app.importRuns(file)
    },
    'library.usage': () => app.usage(),
    'library.settings': () => app.settings(),
    'library.configure': (settings) => app.configure(settings),
    'library.check': ({ repair }) => app.check(repair),
    'library.backups': async () => app.backups(),
    'library.backup': () => app.backUp(),
    'library.restore': async ({ file }) => ({ setAside: await app.restore(file) }),
    'library.compact': async () => ({ freedBytes: await app.compact() }),
    'library.move': async () => {
      const folder = await chooseFolder(window, 'New folder of the library')
      return folder === null ? null : { file: await app.move(folder) }
    },
    'library.cancel': () => done(app.cancel()),
    'chart.export': async ({ name, format, content }) => {
      const file = await chooseTarget(window, safeFileName(`${name}.${format}`), chartKinds[format])
      if (file === null) return null
      await writeFileAtomically(file, content)
      return { files: [file] }
    },
    'signal.choose': async () => {
      const file = await chooseSource(window, 'Signal to follow', { name: 'Signals', extensions: ['csv', 'npy'] })
      return file === null ? null : { file, columns: await app.signalColumns(file) }
    },
  }
}

const chartKinds = {
  svg: { name: 'Vector graphics', extensions: ['svg'] },
  png: { name: 'Image', extensions: ['png'] },
}

async function startRun(app: App, document: unknown): ReturnType<Handlers['runs.start']> {
  try {
    const spec = await app.prepare(document, 'The experiment', homedir())
    return { ok: true, runId: await app.start(spec) }
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, problems: error.problems }
    throw error
  }
}

/** The answer of a call that only does something. */
async function done(act: Promise<void>): Promise<Record<string, never>> {
  await act
  return {}
}
