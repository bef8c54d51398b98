import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** The folder of an installed package. */
export const packageFolder = (name: string) => join(root, 'node_modules', name)

/** The version of an installed package. */
export const packageVersion = (name: string) => readManifest(name).version

/** Script file of an installed package's command, to be run with the current Node. */
export function packageCommand(name: string, command = name): string {
  const { bin } = readManifest(name)
  return join(packageFolder(name), typeof bin === 'string' ? bin : bin[command]!)
}

/** Folder of downloads and builds that all clones of the project share. */
export function cacheFolder(env = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chalcogen')
}

function readManifest(name: string): { version: string, bin: string | Record<string, string> } {
  return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'))
}
