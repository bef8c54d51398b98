import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** 'development' is a package whose runtime is good enough to try the application, but not to be released. */
export type BuildKind = 'release' | 'development' | 'source'

/** What runs here: a clone, or a package, which says of itself what it was made for. */
export function buildKind(appPath: string, isPackaged: boolean): BuildKind {
  if (!isPackaged) return 'source'
  const { buildKind } = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { buildKind?: unknown }
  return buildKind === 'release' ? 'release' : 'development'
}
