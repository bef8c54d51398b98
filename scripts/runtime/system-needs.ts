import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Libraries that a Linux program links to but that are not installed. */
export function missingLibraries(executable: string): string[] {
  if (process.platform !== 'linux') return []
  return notFound(spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout ?? '')
}

/** Missing libraries in the output of `ldd`, from lines like `libgtk-3.so.0 => not found`. */
export function notFound(listing: string): string[] {
  return [...new Set([...listing.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name!))]
}

/** Programs that are not on the path. */
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
