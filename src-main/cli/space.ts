import path from 'node:path'
import { DONE } from './failure.ts'
import { bytes, counted } from './format.ts'
import type { Output } from './output.ts'
import { openApp, withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Return the space of deleted data to the disk. */
export async function compact(flags: Flags, output: Output): Promise<number> {
  const freedBytes = await withLibrary(flags.library, async (app) => {
    app.events.on('library.work', ({ done, total }) => { if (output.live) output.overwrite(`${bytes(done)} of ${bytes(total)}`) })
    return app.compact()
  })
  if (output.live) output.overwrite('')
  output.result({ freedBytes }, `Freed ${bytes(freedBytes)}.`)
  return DONE
}

/** Move the library and its backups. The command line and the window then use the new place. */
export async function move(folder: string, flags: Flags, output: Output): Promise<number> {
  const file = await withLibrary(flags.library, (app) => app.move(path.resolve(folder)))
  output.result({ file }, `Moved the library to ${file}`)
  return DONE
}

/** Import the runs of an archive or of another library. */
export async function importRuns(file: string, flags: Flags, output: Output): Promise<number> {
  const app = await openApp(flags.library)
  try {
    const { imported, present } = await app.importRuns(path.resolve(file))
    output.result({ imported, present }, `Imported ${counted(imported, 'run')}.${present > 0 ? ` ${present} already in the library.` : ''}`)
    return DONE
  } finally {
    await app.close()
  }
}
