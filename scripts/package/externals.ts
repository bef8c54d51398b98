import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'

/** Packages that built modules import but that are neither bundled nor part of the runtime. */
export function externalPackages(folder: string): string[] {
  const files = globSync('**/*.{js,cjs}', { cwd: folder })
  const names = files.flatMap((file) => importedBy(readFileSync(join(folder, file), 'utf8')))
  return [...new Set(names)].filter((name) => name !== 'electron' && !isBuiltin(name)).sort()
}

/** Imported packages. The bundler writes each import of a module on a separate line at its start, unless it loads it only when needed. */
function importedBy(source: string): string[] {
  const imports = source.matchAll(/^import\s(?:[^'"\n]*\sfrom\s)?["']([^'"./][^'"]*)["'];?$/gm)
  const loaded = source.matchAll(/\bawait import\(["']([^'"./][^'"]*)["']\)/g)
  return [...imports, ...loaded].map(([, name]) => name!)
}
