import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, test, vi } from 'vitest'
import { packageCommand, root } from '../../../scripts/runtime/paths.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

// The first type-aware lint reads the whole project.
vi.setConfig({ testTimeout: 90_000 })

/** What the import rules say to a project of these files. */
function cruise(files: Record<string, string>): { status: number | null, output: string } {
  const folder = temporaryFolder()
  for (const shared of ['node_modules', 'tsconfig.json']) symlinkSync(join(root, shared), join(folder, shared))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const floors = [...new Set(Object.keys(files).map((name) => name.split('/')[0]))]
  const args = [packageCommand('dependency-cruiser', 'depcruise'), '--config', join(root, '.dependency-cruiser.mjs'), ...floors]
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout }
}

const eslint = new ESLint({ cwd: root })

async function messages(file: string, code: string): Promise<string[]> {
  const [{ messages }] = await eslint.lintText(code, { filePath: join(root, file) })
  return messages.map(({ message }) => message)
}

test('a dependency that the rules name passes', () => {
  const { status } = cruise({
    'src-engine/spec/spec.ts': 'import * as z from \'zod\'\nexport const spec = z.object({})\n',
    'src-engine/device/device.ts': 'import { spec } from \'../spec/spec.ts\'\nexport const device = spec\n',
    'src-main/library/file.ts': 'import { existsSync } from \'node:fs\'\nexport const there = existsSync\n',
    'src-renderer/charts/Chart.vue': '<script setup lang="ts">\nimport { spec } from \'../../src-engine/spec/spec.ts\'\nconsole.log(spec)\n</script>\n',
  })
  expect(status).toBe(0)
})

test.each([
  ['the engine reading files', 'src-engine/device/device.ts', 'import \'node:fs\'', 'src-engine/device/device.ts → fs'],
  ['electron outside the desktop', 'src-main/runs/runs.ts', 'import \'electron\'', 'node_modules/electron'],
  ['SQLite outside the library', 'src-main/app/app.ts', 'import \'better-sqlite3\'', 'node_modules/better-sqlite3'],
  ['a floor that has no row', 'src-main/novelty/new.ts', 'import \'node:path\'', 'src-main/novelty/new.ts → path'],
])('%s is refused', (_name, file, code, expected) => {
  const { status, output } = cruise({ [file]: `${code}\n` })
  expect(output).toContain('not-in-allowed')
  expect(output).toContain(expected)
  expect(status).not.toBe(0)
})

test.each([
  ['an import', 'import { there } from \'../../src-main/library/file.ts\'\nconsole.log(there)'],
  ['an import of types alone', 'import type { There } from \'../../src-main/library/file.ts\'\nexport const here: There = 1'],
])('between floors that no row joins, %s is refused, in components too', (_name, code) => {
  const { status, output } = cruise({
    'src-main/library/file.ts': 'export const there = 1\nexport type There = number\n',
    'src-renderer/views/View.vue': `<script setup lang="ts">\n${code}\n</script>\n`,
  })
  expect(output).toContain('not-in-allowed: src-renderer/views/View.vue → src-main/library/file.ts')
  expect(status).not.toBe(0)
})

test('a circle of imports is refused', () => {
  const { output } = cruise({
    'src-engine/spec/a.ts': 'import \'./b.ts\'\n',
    'src-engine/spec/b.ts': 'import \'./a.ts\'\n',
  })
  expect(output).toContain('no-circular')
})

test.each([
  ['export const draw = Math.random()\n', /stream of src-engine\/random/],
  ['const { sin } = Math\nexport const s = sin(1)\n', /Not the same bits/],
  ['export const now = Date.now()\n', /The engine is pure/],
  ['export const power = (x: number) => x ** 0.5\n', /only powers of 2/],
])('the engine may not say %j', async (code, expected) => {
  expect(await messages('src-engine/spec/spec.ts', code)).toEqual([expect.stringMatching(expected)])
})

test('what is exact may be used in the engine', async () => {
  expect(await messages('src-engine/spec/spec.ts', 'export const root = Math.sqrt(2) * 2 ** -32\n')).toEqual([])
})

test('a promise that nobody waits for is refused', async () => {
  const code = 'export function go(work: () => Promise<void>): void {\n  work()\n}\n'
  expect(await messages('src-main/contract/contract.ts', code)).toEqual([expect.stringContaining('Promises must be awaited')])
})
