import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { SlowFirst } from './scripts/slow-first.ts'

const all = 'test/{unit,integration,fault}/**/*.test.ts'

/** Replaces modules, globals or clocks, which the tests of another file must not see. */
const REPLACES = /\bvi\.(mock|doMock|stub|spyOn|useFakeTimers|resetModules)/
const root = import.meta.dirname
/** Unit tests that leave their thread as they found it share it, which saves starting one for each file. */
const sharing = globSync('test/unit/**/*.test.ts', { cwd: root }).filter((file) => !REPLACES.test(readFileSync(join(root, file), 'utf8')))

export default defineConfig({
  plugins: [vue()],
  test: {
    globalSetup: ['test/setup/build.ts'],
    setupFiles: ['test/setup/sources.ts', 'test/setup/seed.ts'],
    maxWorkers: 2,
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
