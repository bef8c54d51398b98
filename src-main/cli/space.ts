import { formatBytes } from '../../src-engine/format/sizes.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Return the space of deleted data to the disk. */
export async function compact(flags: Flags, output: Output): Promise<number> {
  const freedBytes = await withLibrary(flags.library, output, async (app) => {
    app.events.on('library.work', ({ done, total }) => { if (output.live) output.overwrite(`${formatBytes(done)} of ${formatBytes(total)}`) })
    return app.compact()
  })
  if (output.live) output.overwrite('')
  output.result({ freedBytes }, `Freed ${formatBytes(freedBytes)}.`)
  return DONE
}

/** Move the library and its backups. The command line and the window then use the new place. */
export async function move(folder: string, flags: Flags, output: Output): Promise<number> {
  const file = await withLibrary(flags.library, output, (app) => app.move(typedPath(folder)))
  output.result({ file }, `Moved the library to ${file}`)
  return DONE
}
