import type { BrowserWindow } from 'electron'
import { homedir } from 'node:os'
import type { FileAccess } from '../app/file-access.ts'
import { confirmAnyway } from './dialogs.ts'

/** Files that the user chose, and whether an experiment of the window may read another one. */
export interface ChosenFiles {
  add(file: string): void
  /** What is chosen, for an estimate or a plan: nobody is asked while a form is filled in. */
  readonly known: FileAccess
  /** The same, and asks about any other file. */
  readonly asking: FileAccess
}

export function chosenFiles(window: BrowserWindow): ChosenFiles {
  const chosen = new Set<string>()
  const ask = async (file: string) => {
    if (chosen.has(file)) return true
    const isAllowed = await confirmAnyway(window, {
      message: 'The experiment reads a file that you did not choose. Read it?', detail: file, action: 'Read the file',
    })
    if (isAllowed) chosen.add(file)
    return isAllowed
  }
  return {
    add: (file) => { chosen.add(file) },
    known: { baseDir: homedir(), mayRead: async (file) => chosen.has(file) },
    asking: { baseDir: homedir(), mayRead: ask },
  }
}
