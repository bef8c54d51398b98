import { createInterface } from 'node:readline/promises'
import path from 'node:path'
import { type FileAccess, isBelow } from '../app/file-access.ts'
import type { Output } from './output.ts'
import { typedFolder } from './paths.ts'
import { printable } from './printable.ts'

export interface FileFlags {
  /** Folder below which experiments may read files, too. */
  files?: string
}

/**
 * Files that an experiment of the command line may name: those below its folder, those that the command itself names, and any other
 * after a yes in the terminal.
 * @param isNamed whether --set names the file
 */
export function typedAccess(baseDir: string, { files }: FileFlags, output: Output, isNamed = false): FileAccess {
  const allowed = new Set<string>()
  const folders = [baseDir, ...(files === undefined ? [] : [path.resolve(typedFolder(), files)])]
  return {
    baseDir,
    async mayRead(file) {
      if (isNamed || allowed.has(file)) return true
      for (const folder of folders) if (await isBelow(folder, file)) return true
      const isAllowed = await isConfirmed(file, output)
      if (isAllowed) allowed.add(file)
      return isAllowed
    },
  }
}

/** Asks in a terminal. Elsewhere nobody could answer. */
async function isConfirmed(file: string, { live, json }: Output): Promise<boolean> {
  if (!live || json || !process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`The experiment reads ${printable(file)}, which is not in its folder. Read it? [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}
