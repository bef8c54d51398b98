import { defineConfig } from '@playwright/test'

/** Files that take longest. They start first, so that no core waits for one of them at the end. */
const slow = ['axe', 'sweep', 'tournament', 'maintenance', 'durable', 'story', 'packed', 'watch', 'figures', 'numbers', 'signal-import']
  .map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: 'test/e2e',
  projects: [{ name: 'slow', testMatch: slow }, { name: 'other', testMatch: '**/*.spec.ts', testIgnore: slow }],
  outputDir: 'test-results/e2e',
  timeout: 300_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // In CI, a test that fails may pass when it is tried again. It is named as unsteady then.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'test-results/e2e.json' }]],
})
