import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageCommand, root } from '../../scripts/runtime/paths.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

/** A project in which each file shows one thing that the import rules allow or refuse. */
const files = {
  'src-engine/experiment/spec.ts': 'import * as z from \'zod\'\nexport const spec = z.object({})\n',
  'src-engine/device/device.ts': 'import { spec } from \'../experiment/spec.ts\'\nexport const device = spec\n',
  'src-main/library/file.ts': 'import { existsSync } from \'node:fs\'\nexport const there = existsSync\nexport type There = number\n',
  'src-renderer/views/Chart.vue': '<script setup lang="ts">\nimport { spec } from \'../../src-engine/experiment/spec.ts\'\nconsole.log(spec)\n</script>\n',

  'src-engine/device/reads-files.ts': 'import \'node:fs\'\n',
  'src-main/runs/opens-windows.ts': 'import \'electron\'\n',
  'src-main/app/opens-database.ts': 'import \'better-sqlite3\'\n',
  'src-main/novelty/new.ts': 'import \'node:path\'\n',
  'src-renderer/views/Value.vue':
    '<script setup lang="ts">\nimport { there } from \'../../src-main/library/file.ts\'\nconsole.log(there)\n</script>\n',
  'src-renderer/views/Type.vue':
    '<script setup lang="ts">\nimport type { There } from \'../../src-main/library/file.ts\'\nexport const here: There = 1\n</script>\n',
  'src-engine/experiment/a.ts': 'import \'./b.ts\'\n',
  'src-engine/experiment/b.ts': 'import \'./a.ts\'\n',
}

interface Violation { rule: { name: string, severity: string }, from: string, to: string }

/** Writes the files into `folder` and checks all of them in one process. */
function cruise(folder: string): Violation[] {
  for (const shared of ['node_modules', 'tsconfig.base.json']) symlinkSync(join(root, shared), join(folder, shared))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const args = ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src-engine', 'src-main', 'src-renderer']
  const { stdout } = spawnSync(process.execPath, [packageCommand('dependency-cruiser', 'depcruise'), ...args], { cwd: folder, encoding: 'utf8' })
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations
}

/** The lint of this project without the rules that need types, which would read the whole project first. */
const eslint = new ESLint({ cwd: root, overrideConfig: { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked } })

async function messages(file: string, code: string): Promise<string[]> {
  return messagesOf(await eslint.lintText(code, { filePath: join(root, file) }))
}

const messagesOf = ([result]: ESLint.LintResult[]) => result!.messages.map(({ message }) => message)

describe('the import rules', () => {
  let found: ReturnType<typeof cruise>
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
  beforeAll(() => { found = cruise(folder) })
  afterAll(() => rmSync(folder, { recursive: true }))
  const refusals = (file: string) => found.filter(({ from }) => from === file).map(({ rule, to }) => `${rule.severity} ${rule.name}: ${to}`)

  test.each(['src-engine/experiment/spec.ts', 'src-engine/device/device.ts', 'src-main/library/file.ts', 'src-renderer/views/Chart.vue'])(
    'allow the imports of %s', (file) => expect(refusals(file)).toEqual([]))

  test.each([
    ['the engine reading files', 'src-engine/device/reads-files.ts', /^error not-in-allowed: fs$/],
    ['electron outside the desktop', 'src-main/runs/opens-windows.ts', /^error not-in-allowed: .*node_modules\/electron/],
    ['SQLite outside the library', 'src-main/app/opens-database.ts', /^error not-in-allowed: .*node_modules\/better-sqlite3/],
    ['a folder that has no row', 'src-main/novelty/new.ts', /^error not-in-allowed: path$/],
    ['a value from a folder that the row does not name, in a component', 'src-renderer/views/Value.vue', /^error not-in-allowed: src-main\/library\/file.ts$/],
    ['a type from a folder that the row does not name, in a component', 'src-renderer/views/Type.vue', /^error not-in-allowed: src-main\/library\/file.ts$/],
    ['a circle of imports', 'src-engine/experiment/a.ts', /^error no-circular: src-engine\/experiment\/b.ts$/],
  ])('refuse %s', (_name, file, expected) => {
    expect(refusals(file)).toEqual([expect.stringMatching(expected)])
  })
})

test.each([
  ['export const draw = Math.random()\n', /stream of src-engine\/random/],
  ['const { sin } = Math\nexport const s = sin(1)\n', /Not the same bits/],
  ['export const now = Date.now()\n', /The engine is pure/],
  ['export const power = (x: number) => x ** 0.5\n', /only powers of 2/],
])('the engine may not contain %j', async (code, expected) => {
  expect(await messages('src-engine/experiment/spec.ts', code)).toEqual([expect.stringMatching(expected)])
})

test('the engine may use exact functions', async () => {
  expect(await messages('src-engine/experiment/spec.ts', 'export const root = Math.sqrt(2) * 2 ** -32\n')).toEqual([])
})

test('refuses a promise that is not awaited', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'src-main/contract/contract.ts')
  const code = 'export function go(work: () => Promise<void>): void {\n  work()\n}\n'
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include: ['src-main'] }))
  // A project of one file, because types need all files of a project.
  const typed = new ESLint({
    cwd: folder, overrideConfigFile: join(root, 'eslint.config.mjs'),
    overrideConfig: { languageOptions: { parserOptions: { tsconfigRootDir: folder } } },
  })
  expect(messagesOf(await typed.lintFiles([file]))).toEqual([expect.stringContaining('Promises must be awaited')])
})

test('fault 22: lint forbids reading a file of the open library without SQLite', async () => {
  for (const code of [
    'import { readFileSync } from \'node:fs\'\nreadFileSync(\'x\')', 'import { openSync } from \'fs\'\nopenSync(\'x\', \'r\')',
    'import { readFile } from \'node:fs/promises\'\nawait readFile(\'x\')', 'import fs from \'node:fs\'\nfs.readFileSync(\'x\')',
    'import { promises } from \'node:fs\'\nawait promises.readFile(\'x\')', 'import * as fs from \'node:fs\'\nfs.readFileSync(\'x\')',
  ]) {
    expect(await messages('src-main/library/service.ts', `${code}\n`), code).toContainEqual(expect.stringContaining('loses its locks'))
    expect(await messages('src-main/runs/runs.ts', `${code}\n`), code).toContainEqual(expect.stringContaining('loses its locks'))
  }
  expect(await messages('src-main/library/service.ts', 'import { statSync } from \'node:fs\'\nstatSync(\'x\')\n')).toEqual([])
})

test('fault 41: lint forbids a transaction that does not wait for other programs', async () => {
  const code = (work: string) => `import type { Database } from 'better-sqlite3'\nexport const clear = (db: Database) => ${work}\n`
  expect(await messages('src-main/library/service.ts', code('db.transaction(() => {})()'))).toEqual([expect.stringContaining('waits for other programs')])
  expect(await messages('src-main/library/transaction.ts', code('db.transaction(() => {}).immediate()'))).toEqual([])
})
