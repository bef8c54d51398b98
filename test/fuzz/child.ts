import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { chanceOf } from '../../scripts/chaos/random.ts'
import { archiveKind } from './kinds/archive.ts'
import { csvKind } from './kinds/csv.ts'
import type { FuzzKind } from './kinds/kind.ts'
import { libraryKind } from './kinds/library.ts'
import { npyKind } from './kinds/npy.ts'
import { specKind } from './kinds/spec.ts'
import type { FromChild, KindName } from './fuzz.ts'

/** Process that reads inputs of one kind, one after the other: kind, seed, number of inputs, folder of inputs that fail. */
const kinds: Readonly<Record<KindName, (folder: string) => Promise<FuzzKind>>> = {
  archive: archiveKind, library: libraryKind, spec: specKind, csv: csvKind, npy: npyKind,
}
const [name, seed, count, failures] = process.argv.slice(2) as [KindName, string, string, string]
const say = (message: FromChild) => process.send!(message)

const MOST_MS = 2000
/** Besides five times the input, and what the process had before. */
const MOST_KB = 100 * 1024
/** Inputs between two collections of garbage, which is not what is measured. */
const GC_EVERY = 20

const folder = mkdtempSync(join(tmpdir(), 'chalcogen-fuzz-'))
// Copies of libraries are made there too.
process.env.TMPDIR = folder
const kind = await kinds[name](folder)
const kept = join(import.meta.dirname, 'corpus', name)
const inputs = [
  ...(readdirSync(join(import.meta.dirname, 'corpus')).includes(name) ? readdirSync(kept).sort().map((file) => [file, () => readFileSync(join(kept, file))] as const) : []),
  ...Array.from({ length: Number(count) }, (_, index) => [`${seed}-${index}`, () => kind.input(chanceOf(Number(seed) * 1_000_003 + index))] as const),
]
/** Most memory that the process has had, kB. */
const peak = () => process.resourceUsage().maxRSS

/** Why an input is a fault; null if it is none. */
async function faultOf(input: Uint8Array): Promise<string | null> {
  const before = process.cpuUsage()
  const most = Math.max(peak(), process.memoryUsage.rss() / 1024 + MOST_KB + 5 * input.length / 1024)
  let refused = false
  try {
    refused = await kind.read(input) !== null
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error)
  }
  const { user, system } = process.cpuUsage(before)
  say({ state: refused ? 'refused' : 'read' })
  if ((user + system) / 1000 > MOST_MS) return `took ${Math.round((user + system) / 1000)} ms of processor time`
  return peak() > most ? `took the process to ${Math.round(peak() / 1024)} MB, where ${Math.round(most / 1024)} are allowed` : null
}

for (const [index, [label, make]] of inputs.entries()) {
  // Node frees what belongs to closed connections of SQLite only between two turns of the event loop: 0.35 MB of each library.
  await setImmediate()
  say({ state: 'begin', input: label })
  const input = make()
  writeFileSync(join(failures, `${name}-${label}`), input)
  const fault = await faultOf(input)
  if (fault === null) rmSync(join(failures, `${name}-${label}`))
  else say({ state: 'fault', input: label, fault })
  if (index % GC_EVERY === 0) globalThis.gc?.()
}
rmSync(folder, { recursive: true })
process.send!({ state: 'end' } satisfies FromChild, () => process.disconnect())
