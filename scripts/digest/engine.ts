import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { importedBy, type Module, parseModule, type Part, tokensOf } from './module.ts'

/** Reads a source file of the engine. @param file relative to `src-engine`, with forward slashes */
export type ReadSource = (file: string) => string

/** What an engine worker uses of the engine to compute a result. Everything else that it imports only watches. */
export const entries = [
  { file: 'training/trainer.ts', name: 'Trainer' },
  { file: 'training/kernels-for.ts', name: 'kernelsFor' },
] as const

/** The kernels, which are compiled from AssemblyScript. */
const kernels = 'kernels/assembly/index.ts'

/**
 * SHA-256 (hex) of what decides the bits of a result: the declarations that training reaches, and the kernels.
 * Comments, layout, types, the texts of errors and everything that training does not reach do not count.
 * A schema's defaults do not count either, because stored specs are complete.
 * @param options compiler options of the kernels
 */
export function digestOfEngine(read: ReadSource, options: readonly string[]): string {
  const hash = createHash('sha256')
  const parts = [...partsOfEngine(read)].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, tokens] of [...parts, ['options', options] as const]) hash.update(JSON.stringify([name, tokens]))
  return hash.digest('hex')
}

/** Tokens of each part of the engine that decides bits, by `file name`. */
export function partsOfEngine(read: ReadSource): Map<string, readonly string[]> {
  const walk = new Walk(read)
  for (const { file, name } of entries) walk.follow(file, name)
  for (const file of filesOfKernels(read)) walk.parts.set(file, tokensOf(read(file)))
  return walk.parts
}

function filesOfKernels(read: ReadSource): Set<string> {
  const files = new Set([kernels])
  // A set visits what is added during its loop.
  for (const file of files) for (const name of importedBy(read(file))) files.add(`${posix.join(posix.dirname(file), name)}.ts`)
  return files
}

/** Collects declarations and all declarations that they refer to. */
class Walk {
  readonly parts = new Map<string, readonly string[]>()
  readonly #modules = new Map<string, Module>()
  readonly #read: ReadSource

  constructor(read: ReadSource) {
    this.#read = read
  }

  /** Adds what a module declares, imports or exports under a name; `*` stands for everything. @throws Error if there is nothing */
  follow(file: string, name: string): void {
    if (!this.#reach(file, name)) throw new Error(`The digest of the engine cannot find "${name}" in src-engine/${file}.`)
  }

  #reach(file: string, name: string): boolean {
    if (!file.endsWith('.ts')) return this.parts.set(`${file} ${name}`, []).size > 0
    const module = this.#load(file)
    if (name === '*') return this.#reachAll(file, module)
    const part = module.declarations.get(name)
    if (part) this.#add(file, name, part)
    const linked = module.imports.get(name) ?? module.exports.get(name)
    if (linked) this.follow(resolved(file, linked.from), linked.name)
    return part !== undefined || linked !== undefined || module.exportsAll.some((from) => this.#reach(resolved(file, from), name))
  }

  #reachAll(file: string, { declarations, exports, exportsAll }: Module): boolean {
    for (const name of [...declarations.keys(), ...exports.keys()]) this.follow(file, name)
    for (const from of exportsAll) this.follow(resolved(file, from), '*')
    return true
  }

  #load(file: string): Module {
    const known = this.#modules.get(file)
    if (known) return known
    const module = parseModule(this.#read(file))
    this.#modules.set(file, module)
    module.effects.forEach((part, index) => this.#add(file, `statement ${index}`, part))
    return module
  }

  #add(file: string, name: string, { tokens, references }: Part): void {
    const key = `${file} ${name}`
    if (this.parts.has(key)) return
    this.parts.set(key, tokens)
    const { declarations, imports } = this.#load(file)
    for (const other of references) if (declarations.has(other) || imports.has(other)) this.follow(file, other)
  }
}

/** A package keeps its name. */
const resolved = (file: string, from: string) => (from.startsWith('.') ? posix.join(posix.dirname(file), from) : from)
