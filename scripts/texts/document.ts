import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textsOf } from './collect.ts'

export interface FileTexts {
  /** Relative to the project's folder, with `/`. */
  file: string
  texts: string[]
}

const rooms = ['src-renderer', 'src-engine', 'src-main']

/** The texts of every source file that has any. */
export function collectTexts(root: string): FileTexts[] {
  const files = rooms.flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|vue)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/'))
    .sort())
  return files.map((file) => ({ file, texts: [...new Set(textsOf(file, readFileSync(join(root, file), 'utf8')))] }))
    .filter(({ texts }) => texts.length > 0)
}

/** One page, a heading for each file. */
export function documentOf(all: readonly FileTexts[]): string {
  const sections = all.map(({ file, texts }) => `## ${file}\n\n${texts.map((text) => `- ${text}`).join('\n')}\n`)
  return `# Every text of Chalcogen\n\n\`npm run texts\` collects them from the sources. \`{name}\` is filled in.\n\n${sections.join('\n')}`
}
