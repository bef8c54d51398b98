import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'

/** The packages that built modules import and that are neither in them nor in the runtime. */
export function externalPackages(folder: string): string[] {
  const files = globSync('**/*.{js,cjs}', { cwd: folder })
  const names = files.flatMap((file) => importedBy(readFileSync(join(folder, file), 'utf8')))
  return [...new Set(names)].filter((name) => name !== 'electron' && !isBuiltin(name)).sort()
}

/** The bundler writes a module's imports as its first lines, each on its own. */
function importedBy(source: string): string[] {
  const imports = source.matchAll(/^import\s(?:[^'"\n]*\sfrom\s)?["']([^'"./][^'"]*)["'];?$/gm)
  return [...imports].map(([, name]) => name)
}
