import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** 'development' is a package for trying the application. Its runtime must not be released. */
export type BuildKind = 'release' | 'development' | 'source'

/** Whether this is a clone or a package. A package states its kind in its package.json. */
export function buildKind(appPath: string, isPackaged: boolean): BuildKind {
  if (!isPackaged) return 'source'
  const { buildKind } = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { buildKind?: unknown }
  return buildKind === 'release' ? 'release' : 'development'
}
