import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import { BadInput, problemsOf } from '../contract/problem.ts'
import type { Preset } from '../contract/contract.ts'
import { parseJson } from './json.ts'

const presetFileSchema = z.strictObject({
  title: z.string().min(1).max(200),
  description: z.string().max(4000),
  provenance: z.string().max(4000),
  spec: z.unknown(),
})

/** Built-in presets, sorted by id. The id of a preset is its path, such as pattern-generation/fp32. */
export async function readPresets(resourcesDir: string): Promise<Preset[]> {
  const dir = path.join(resourcesDir, 'presets')
  const entries = await readdir(dir, { recursive: true })
  const names = entries.filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, '')).sort()
  return Promise.all(names.map((name) => readPreset(dir, name)))
}

async function readPreset(dir: string, name: string): Promise<Preset> {
  const id = name.split(path.sep).join('/')
  const source = `preset ${id}`
  const document = parseJson(await readFile(path.join(dir, `${name}.json`), 'utf8'), source)
  const parsed = presetFileSchema.safeParse(document)
  if (!parsed.success) throw new BadInput(source, problemsOf(parsed.error, document))
  const { title, description, provenance, spec } = parsed.data
  return { id, title, description, provenance, own: false, spec: { ...parseSpec(spec, source), preset: id } }
}
