import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readJson, readSpec } from '../../../src-engine/experiment/document.ts'
import { checkSpec } from '../../../src-engine/experiment/parse.ts'
import { root } from '../../../scripts/runtime/paths.ts'
import { mutatedBytes, mutatedJson } from '../mutate.ts'
import { type FuzzKind, Lie, refusalOf } from './kind.ts'

export async function specKind(): Promise<FuzzKind> {
  const files = globSync(['resources/presets/**/*.json', 'test/fixtures/specs/*/*.json'], { cwd: root }).sort()
  const seeds = files.map((file) => readFileSync(join(root, file)))
  const documents = seeds.map((seed) => JSON.parse(seed.toString()) as { spec?: unknown }).map((one) => one.spec ?? one)
  return {
    input: (chance) => (chance.index(3) === 0
      ? mutatedBytes(chance.oneOf(seeds), chance, seeds)
      : Buffer.from(JSON.stringify(mutatedJson(chance.oneOf(documents), chance)))),
    read(input) {
      const text = Buffer.from(input).toString()
      const parsed = readSpec(text)
      if ('polluted' in {}) throw new Lie('the prototype of all objects was changed')
      if (!parsed.ok) return refusalOf(parsed.problems)
      const again = checkSpec(JSON.parse(JSON.stringify(parsed.spec)))
      if (!again.ok || !isDeepStrictEqual(again.spec, parsed.spec)) throw new Lie('a spec that was read is not read again as the same')
      const json = readJson(text)
      const document = json.ok ? json.document as { version?: unknown } : {}
      // Other versions are upgraded, which may change values.
      const isCurrent = document.version === parsed.spec.version
      const lost = isCurrent ? lostValue(document, parsed.spec, '') : null
      if (lost !== null) throw new Lie(`${lost} is not what was written`)
      return null
    },
  }
}

/** Path of a number or switch of a document that the spec has with another value. */
function lostValue(written: unknown, read: unknown, path: string): string | null {
  if (typeof written === 'number' || typeof written === 'boolean') return Object.is(written, read) || (written === 0 && read === 0) ? null : path
  if (typeof written !== 'object' || written === null || typeof read !== 'object' || read === null) return null
  for (const [name, value] of Object.entries(written)) {
    const lost = lostValue(value, (read as Record<string, unknown>)[name], `${path}.${name}`)
    if (lost !== null) return lost
  }
  return null
}
