import { realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { BadInput } from '../app/errors.ts'
import { refuseFigureFile } from '../app/files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The folder where the command was typed, which every relative path of the command line starts from. npm runs scripts in the
 * project's folder and gives the user's own in INIT_CWD.
 */
export function typedFolder(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): string {
  const { INIT_CWD: typed, npm_package_json: manifest } = env
  return typed && manifest && isSame(path.dirname(manifest), root) && isSame(cwd, root) ? typed : cwd
}

function isSame(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return false
  }
}

/** A path of the command line as an absolute path. */
export const typedPath = (word: string): string => path.resolve(typedFolder(), word)

/** The path of a file that may not exist yet. @throws BadInput if it names a folder */
export function typedFile(word: string, example: string): string {
  const file = typedPath(word)
  if (!/[\\/]$/.test(word) && !isFolder(file)) return file
  throw new BadInput(word, [{ path: '', rule: `must be a file, not a folder. Use for example ${path.join(word, example)}`, found: '' }])
}

/** The path of a figure that may not exist yet. @throws BadInput if it names a folder or no format of figures, or if the resolution is not for it */
export function typedFigure(word: string, dpi?: number): string {
  const file = typedFile(word, 'figure.pdf')
  refuseFigureFile(file, dpi)
  return file
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory()
  } catch {
    // Whoever opens it says why it cannot be used.
    return false
  }
}
