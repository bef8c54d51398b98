// npm run test:e2e: the built application in real Electron, driven by Playwright. Arguments are passed on to it.
import { hasDisplay, onVirtualDisplay, virtualDisplayPrograms } from './runtime/display.ts'
import { ensureRuntime } from './runtime/electron.ts'
import { build, main, run, tool } from './runtime/run.ts'
import { desktopEnvironment } from './runtime/sandbox.ts'

await main(async () => {
  await ensureRuntime(hasDisplay() ? [] : virtualDisplayPrograms)
  const built = await build()
  if (built !== 0) return built
  const playwright = tool('@playwright/test', ['test', ...process.argv.slice(2)], 'playwright')
  return run(...(hasDisplay() ? playwright : onVirtualDisplay(playwright)), desktopEnvironment())
})
