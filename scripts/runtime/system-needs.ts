import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The libraries that a Linux program links to and the system lacks. */
export function missingLibraries(executable: string): string[] {
  if (process.platform !== 'linux') return []
  return notFound(spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '')
}

/** Reads what `ldd` prints: lines like `libgtk-3.so.0 => not found`. */
export function notFound(listing: string): string[] {
  return [...new Set([...listing.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name))]
}

/** Those of the programs that are nowhere on the path. */
export function missingPrograms(names: string[], path = process.env.PATH ?? ''): string[] {
  return names.filter((name) => !path.split(delimiter).some((folder) => isExecutable(join(folder, name))))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
