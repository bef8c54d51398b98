import type { TableFormat } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedFile } from './paths.ts'
import { requireSelection, selectedRuns, type Selection } from './selection.ts'
import { withLibrary } from './surroundings.ts'

export interface TableFlags extends Selection {
  by: string
  format: TableFormat
  out?: string
  library?: string
}

const endings: Readonly<Record<TableFormat, string>> = { latex: 'tex', markdown: 'md', csv: 'csv' }

/** Print or write a table of runs, one row for each combination of the parameters in `by`. Its notes go to standard error, too. */
export async function runTable(runIds: string[], flags: TableFlags, output: Output): Promise<number> {
  requireSelection(runIds, flags)
  const by = flags.by.split(',').map((path) => path.trim()).filter((path) => path !== '')
  if (by.length === 0) throw new BadInput('--by', [{ path: '', rule: 'must name parameters, such as scheme,network.threshold', found: '' }])
  const file = flags.out === undefined ? null : typedFile(flags.out, `table.${endings[flags.format]}`)
  const { text, notes } = await withLibrary(flags.library, output, async (app) =>
    app.table(await selectedRuns(app, runIds, flags), { by, format: flags.format }, file))
  for (const note of notes) output.say(note)
  output.result(file === null ? { text, notes } : { file, notes }, file ?? text.replaceAll('\r\n', '\n').trimEnd())
  return DONE
}
