import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../runtime/paths.ts'
import { manifest } from './names.ts'

const windowPackages = ['@element-plus/icons-vue', 'echarts', 'element-plus', 'marked', 'pinia', 'vue']

interface Manifest {
  name: string
  version: string
  license?: string
  dependencies?: Record<string, string>
}

/** Licence texts of all packages whose code is distributed, as their licences require. */
export function thirdPartyNotices(): string {
  const folders = new Set<string>()
  for (const name of [...Object.keys(manifest.dependencies), ...windowPackages]) collect(packageFolder(name), folders)
  return [...new Set([...folders].map(notice))].sort().join('\n')
}

function collect(folder: string, into: Set<string>): void {
  if (into.has(folder)) return
  into.add(folder)
  for (const name of Object.keys(read(folder).dependencies ?? {})) {
    if (name.startsWith('@types/')) continue
    const own = join(folder, 'node_modules', name)
    collect(existsSync(own) ? own : packageFolder(name), into)
  }
}

function notice(folder: string): string {
  const { name, version, license } = read(folder)
  const texts = legalFiles(folder).map((file) => readFileSync(file, 'utf8').trim())
  const parts = [`${name} ${version}`, ...(texts.length > 0 ? texts : [`Licence: ${license}`]), '─'.repeat(80)]
  return `${parts.join('\n\n')}\n`
}

/** Licence and notice files of a package, including a folder with the licences of code that it contains from others. */
function legalFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => /^(licen[cs]e|notice)/i.test(name))
    .map((entry) => ({ path: join(folder, entry.name), isFolder: entry.isDirectory() }))
    .flatMap(({ path, isFolder }) => (isFolder ? readdirSync(path).map((name) => join(path, name)) : [path]))
}

const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
