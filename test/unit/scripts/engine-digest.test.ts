import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestOfEngine, entries, partsOfEngine, type ReadSource } from '../../../scripts/digest/engine.ts'
import { filesDigest } from '../../../scripts/digest/files.ts'
import { parseModule } from '../../../scripts/digest/module.ts'
import { engineDigest } from '../../../scripts/engine-digest.ts'
import { kernelOptions } from '../../../scripts/kernels.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const read: ReadSource = (file) => readFileSync(join('src-engine', file), 'utf8')

/** A small engine in the layout of the real one. */
const small: Record<string, string> = {
  'training/trainer.ts': `import { law } from '../device/pcm.ts'
import { title } from '../spec/spec.ts'
export class Trainer { step() { return law() } }
export const shown = title
`,
  'training/kernels-for.ts': 'export const kernelsFor = () => ({})\n',
  'device/pcm.ts': 'const jump = 0.5\nexport const law = () => jump\nexport const unused = 1\n',
  'spec/spec.ts': `export const title = 'A title'\n`,
  'device/other.ts': 'export const other = 2\n',
  'kernels/assembly/index.ts': `export { add } from './add'\n`,
  'kernels/assembly/add.ts': 'export function add(a: f32, b: f32): f32 { return a + b }\n',
}

const digestWith = (changes: Record<string, string>) => digestOfEngine((file) => ({ ...small, ...changes })[file]!, [])
const [trainer, pcm] = [small['training/trainer.ts']!, small['device/pcm.ts']!]

describe('the digest of the engine', () => {
  const digest = digestWith({})

  it.each([
    ['a comment', { 'device/pcm.ts': `/** The jump. */\n${pcm.replace('0.5', '0.5 // µS')}` }],
    ['layout', { 'device/pcm.ts': pcm.replace('= 0.5', '=\n    0.5\n') }],
    ['line endings', { 'device/pcm.ts': pcm.replaceAll('\n', '\r\n') }],
    ['a type', { 'device/pcm.ts': `interface Law { jump: number }\n${pcm.replace('jump =', 'jump: number =')}` }],
    ['a type of an import', { 'training/trainer.ts': `import type { Other } from '../device/other.ts'\n${trainer}` }],
    ['a declaration that training does not reach', { 'device/pcm.ts': pcm.replace('unused = 1', 'unused = 2') }],
    ['the text of an imported module', { 'spec/spec.ts': `export const title = 'Another title'\n` }],
    ['a module that is not imported', { 'device/other.ts': 'export const other = 3\n' }],
    ['a comment of a kernel', { 'kernels/assembly/add.ts': `// The sum.\n${small['kernels/assembly/add.ts']}` }],
  ])('stays the same after a change of %s', (_what, changes) => {
    expect(digestWith(changes)).toBe(digest)
  })

  it('stays the same after a change of a text that describes a kind, but not of its law', () => {
    const kind = (title: string, step: string) => digestWith({
      'device/pcm.ts': `import { sources } from '../spec/spec.ts'\nexport const law = { title: '${title}', source: sources.${title}, step: ${step} }\n`,
    })
    expect(kind('one', '1')).toBe(kind('two', '1'))
    expect(kind('one', '1')).not.toBe(kind('one', '2'))
  })

  it('stays the same after a change of an error\'s text', () => {
    const withError = (text: string) => digestWith({ 'device/pcm.ts': pcm.replace('() => jump', `() => { if (jump) throw new Error('${text}'); return jump }`) })
    expect(withError('Choose a file.')).toBe(withError('Select a file.'))
  })

  it.each([
    ['the schema', `schema: z.strictObject({ step: z.number().default(1) })`, `schema: z.strictObject({ step: z.number().default(2) })`],
    ['the colour', `colour: '#000000'`, `colour: '#ffffff'`],
    ['the title', `title: 'Sign'`, `title: 'The sign'`],
  ])('stays the same after a change of %s of a kind', (_what, before, after) => {
    const withKind = (property: string) => digestWith({ 'device/pcm.ts': `const kind = { ${property}, jump: 0.5 }\nexport const law = () => kind.jump\n` })
    expect(withKind(after)).toBe(withKind(before))
  })

  it.each([
    ['a constant', { 'device/pcm.ts': pcm.replace('0.5', '0.6') }],
    ['a law', { 'device/pcm.ts': pcm.replace('=> jump', '=> -jump') }],
    ['a new import', {
      'device/pcm.ts': `import { other } from './other.ts'\n${pcm.replace('=> jump', '=> jump * other')}`,
    }],
    ['a statement that runs when its module is loaded', { 'device/pcm.ts': `${pcm}globalThis.name = 'x'\n` }],
    ['a package', { 'device/pcm.ts': `import { exp } from 'maths'\n${pcm.replace('=> jump', '=> exp(jump)')}` }],
    ['a type of a kernel', { 'kernels/assembly/add.ts': small['kernels/assembly/add.ts']!.replace('b: f32', 'b: f64') }],
    ['a kernel', { 'kernels/assembly/add.ts': small['kernels/assembly/add.ts']!.replace('a + b', 'b + a') }],
  ])('changes with %s', (_what, changes) => {
    expect(digestWith(changes)).not.toBe(digest)
  })

  it('changes with what is behind a new import', () => {
    const withOther = (text: string) => digestWith({
      'device/pcm.ts': `export * from './other.ts'\n`, 'device/other.ts': `export const law = () => ${text}\n`,
    })
    expect(withOther('1')).not.toBe(withOther('2'))
  })

  it('changes with the compiler options of the kernels', () => {
    expect(digestOfEngine((file) => small[file]!, ['-O3'])).not.toBe(digest)
  })

  it('is refused if a name cannot be found', () => {
    expect(() => digestWith({ 'device/pcm.ts': 'export const another = 1\n' })).toThrow('cannot find "law" in src-engine/device/pcm.ts')
  })
})

describe('the digest of this engine', () => {
  it('starts at what an engine worker uses to train', () => {
    const worker = readFileSync('src-main/runs/engine.worker.ts', 'utf8')
    const used = [...parseModule(worker).imports.values()].filter(({ from }) => from.startsWith('../../src-engine/'))
    expect(used.map(({ from, name }) => ({ file: from.replace('../../src-engine/', ''), name }))).toEqual(expect.arrayContaining([...entries]))
    expect(used).toHaveLength(entries.length)
  })

  it('includes every law, and no text or colour', () => {
    const parts = [...partsOfEngine(read).keys()]
    const laws = globSync('src-engine/{random,device,network,crossbar,learning,learning/schemes,kernels/assembly}/*.ts').map((file) => file.replaceAll('\\', '/'))
    const files = new Set(parts.map((part) => `src-engine/${part.split(' ')[0]}`))
    expect(laws.filter((file) => !files.has(file) && !isOnlyTypes(file))).toEqual([])
    expect([...files].filter((file) => /\/(analysis|sweep|verification)\//.test(file))).toEqual([])
    expect(parts.filter((part) => part.startsWith('experiment/'))).toEqual(expect.not.arrayContaining([expect.stringMatching(/schema|title|help|sources/i)]))
  })

  it('is the same each time, computed or recorded', async () => {
    expect(digestOfEngine(read, kernelOptions)).toBe(await engineDigest())
    expect(await engineDigest()).toBe(await engineDigest())
  })
})

function isOnlyTypes(file: string): boolean {
  const { declarations, effects } = parseModule(readFileSync(file, 'utf8'))
  return declarations.size === 0 && effects.length === 0
}

describe('the digest of files', () => {
  function folderOf(files: Record<string, string>): string {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'device'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }
  const files = { 'a.ts': 'export const a = 1\n', 'device/b.ts': 'export const b = 2\n' }

  it('depends on names and contents, not on the folder or the line endings', () => {
    const digest = filesDigest(folderOf(files))
    expect(filesDigest(folderOf({ ...files, 'a.ts': 'export const a = 1\r\n' }))).toBe(digest)
    expect(filesDigest(folderOf({ ...files, 'device/b.ts': 'export const b = 3\n' }))).not.toBe(digest)
    expect(filesDigest(folderOf({ 'a.ts': files['a.ts'], 'device/c.ts': files['device/b.ts'] }))).not.toBe(digest)
  })
})
