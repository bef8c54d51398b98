import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { SlowFirst } from './scripts/slow-first.ts'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/{unit,integration,fault}/**/*.test.ts'],
    globalSetup: ['test/setup/build.ts'],
    setupFiles: ['test/setup/sources.ts'],
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    // Threads and processes that tests start load the sources through Node, which would strip their types each time.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node'),
      CHALCOGEN_LOGS: join(import.meta.dirname, 'test-results/logs'),
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
