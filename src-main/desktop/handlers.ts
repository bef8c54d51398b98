import type { BrowserWindow } from 'electron'
import { stat } from 'node:fs/promises'
import { availableParallelism, homedir } from 'node:os'
import type { App } from '../app/app.ts'
import { safeFileName, writeFileAtomically } from '../app/files.ts'
import { BadInput } from '../contract/problem.ts'
import { chooseFolder, chooseSource, chooseTarget } from './dialogs.ts'
import type { Handlers } from './dispatcher.ts'

export interface About {
  version: string
  libraryFile: string
}

/** What every call of the contract does; dialogs open over `window`. */
export function createHandlers(app: App, window: BrowserWindow, { version, libraryFile }: About): Handlers {
  return {
    'app.info': async () => ({
      version,
      electron: process.versions.electron,
      libraryFile,
      libraryBytes: await libraryBytes(libraryFile),
      cores: availableParallelism(),
    }),
    'presets.list': () => app.presets(),
    'runs.start': ({ spec }) => startRun(app, spec),
    'runs.stop': async ({ runId }) => {
      await app.stop(runId)
      return {}
    },
    'runs.list': () => app.list(),
    'runs.get': ({ runId }) => app.get(runId),
    'runs.array': ({ runId, epoch, kind, name }) => app.array(runId, epoch, kind, name),
    'runs.live': async () => app.live(),
    'runs.export': async ({ runIds, format }) => {
      const folder = await chooseFolder(window, 'Folder for the exported runs')
      return folder === null ? null : { files: await app.exportRuns(runIds, format, folder) }
    },
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

/** The file and its write-ahead log. */
async function libraryBytes(file: string): Promise<number> {
  const sizes = [file, `${file}-wal`].map((part) => stat(part).then(({ size }) => size, () => 0))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
