import { hasDisplay, onVirtualDisplay, virtualDisplayPrograms } from './display.ts'
import { ensureRuntime } from './electron.ts'
import { build, run, tool } from './run.ts'
import { desktopEnvironment } from './sandbox.ts'

/** Builds the application and drives it in real Electron; resolves to the runner's exit code. */
export async function runPlaywright(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  await ensureRuntime(hasDisplay() ? [] : virtualDisplayPrograms)
  const built = await build()
  if (built !== 0) return built
  const playwright = tool('@playwright/test', ['test', ...args], 'playwright')
  return run(...(hasDisplay() ? playwright : onVirtualDisplay(playwright)), { ...desktopEnvironment(), ...env })
}
