import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { SlowFirst } from './scripts/slow-first.ts'

const all = 'test/{unit,integration,fault}/**/*.test.ts'

/** Replaces modules, which the tests of another file must not see. What else a file replaces is put back after it (test/setup/restore.ts). */
const REPLACES = /\bvi\.(mock|doMock|resetModules)\(/
const root = import.meta.dirname
/** Files that share a process, which saves starting one and loading the program for each. */
const sharing = globSync(all, { cwd: root }).filter((file) => !REPLACES.test(readFileSync(join(root, file), 'utf8')))

export default defineConfig({
  plugins: [vue()],
  test: {
    globalSetup: ['test/setup/build.ts'],
    setupFiles: ['test/setup/sources.ts', 'test/setup/seed.ts', 'test/setup/restore.ts'],
    maxWorkers: 2,
    // Threads load the program into an empty heap. In V8's first, small young generation they would collect garbage a dozen times.
    execArgv: ['--min-semi-space-size=16'],
    sequence: { sequencer: SlowFirst },
    // Threads and processes that tests start load the sources through Node, which would strip their types each time.
    env: {
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
      CHALCOGEN_LOGS: join(root, 'test-results/logs'),
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'alone', include: [all], exclude: sharing } },
      { extends: true, test: { name: 'sharing', include: sharing, isolate: false } },
    ],
  },
})
