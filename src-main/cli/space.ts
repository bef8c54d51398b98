import path from 'node:path'
import { DONE } from './failure.ts'
import { bytes } from './format.ts'
import type { Output } from './output.ts'
import { openApp, withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Gives the room of what was deleted back to the disk. */
export async function compact(flags: Flags, output: Output): Promise<number> {
  const freedBytes = await withLibrary(flags.library, async (app) => {
    app.events.on('library.work', ({ done, total }) => { if (output.live) output.overwrite(`${bytes(done)} of ${bytes(total)}`) })
    return app.compact()
  })
  if (output.live) output.overwrite('')
  output.result({ freedBytes }, `${bytes(freedBytes)} given back.`)
  return DONE
}

/** Into another folder, with its backups; both doors then look for it there. */
export async function move(folder: string, flags: Flags, output: Output): Promise<number> {
  const file = await withLibrary(flags.library, (app) => app.move(path.resolve(folder)))
  output.result({ file }, `The library is now ${file}`)
  return DONE
}

/** The runs of an archive, or of another library. */
export async function importRuns(file: string, flags: Flags, output: Output): Promise<number> {
  const app = await openApp(flags.library)
  try {
    const { imported, present } = await app.importRuns(path.resolve(file))
    output.result({ imported, present }, `${imported} runs taken in; ${present} were here already.`)
    return DONE
  } finally {
    await app.close()
  }
}
