// Builds the command line into out/cli-<signature>: one file for the program and each of its threads, so that Node starts them in a
// third of the time that hundreds of sources take.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { threadNames } from '../src-main/threads/thread-files.ts'
import { isNotWritable } from './digest/files.ts'
import { root } from './runtime/paths.ts'

const out = join(root, 'out')
const PREFIX = 'cli-'
const DAY_MS = 86_400_000

/** Names of the built files and their sources in src-main. Threads and processes are started by these names (threads/program-files.ts). */
const entries = {
  chalcogen: 'cli/chalcogen.ts',
  ...Object.fromEntries([...Object.values(threadNames), 'bench/timing.worker', 'bench/bare-training'].map((name) => [name, `${name}.ts`])),
}

/** What the built files are made of. */
const sources = ['src-main/**/*.ts', 'src-engine/**/*.ts', 'scripts/{command-line,engine-digest,kernels,digest/*}.ts', 'package*.json']

/** Path of the built program. Builds it and the engine's kernels if needed. @throws Error with advice if it cannot be saved */
export async function ensureCommandLine(): Promise<string> {
  const folder = join(out, PREFIX + signature())
  const program = join(folder, 'chalcogen.js')
  try {
    if (!existsSync(program)) await build(folder)
  } catch (error) {
    if (!isNotWritable(error)) throw error
    throw new Error(`The command line is not built yet and cannot be saved: ${(error as Error).message}. `
      + 'Let a user who may write there run: npm run chalcogen -- --version', { cause: error })
  }
  return program
}

/** Changes with the name, size and time of any source. Reading them all would take longer than most commands. */
function signature(): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: root }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** Several processes may build at the same time. The first of them wins. */
async function build(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`
  mkdirSync(out, { recursive: true })
  removeUnused()
  // On standard error, because a program may read the output of the command.
  console.error('Building the command line …')
  try {
    await bundle(draft)
    if (!existsSync(folder)) renameSync(draft, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Loaded only here, because the bundler and the compilers are slow to load. */
async function bundle(folder: string): Promise<void> {
  const [vite, { engineDigest }, { ensureKernels }] = await Promise.all([import('vite'), import('./engine-digest.ts'), import('./kernels.ts')])
  await ensureKernels()
  await vite.build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { __ENGINE_DIGEST__: JSON.stringify(await engineDigest()) },
    ssr: { noExternal: true, external: ['better-sqlite3', '@napi-rs/canvas'] },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node22.18',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, 'src-main', file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

/** Deletes builds of sources that have changed. A program may still be running from a younger one. */
function removeUnused(): void {
  for (const name of readdirSync(out).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(out, name)
    if (Date.now() - statSync(folder).mtimeMs > DAY_MS) rmSync(folder, { recursive: true, force: true })
  }
}
