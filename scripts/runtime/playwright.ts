import { hasDisplay, virtualDisplayPrograms, withVirtualDisplays } from './display.ts'
import { ensureRuntime } from './electron.ts'
import { build, run, tool } from './run.ts'
import { desktopEnvironment } from './sandbox.ts'

/**
 * Applications that run side by side: two per core, since they mostly wait.
 * On a real display there is one, because two windows would take each other's focus.
 */
const SIDE_BY_SIDE = 4

/** Builds the application and drives it in real Electron; resolves to the runner's exit code. */
export async function runPlaywright(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  await ensureRuntime(hasDisplay() ? [] : virtualDisplayPrograms)
  const built = await build()
  if (built !== 0) return built
  const drive = (workers: number, displays: NodeJS.ProcessEnv = {}) => run(
    ...tool('@playwright/test', ['test', `--workers=${workers}`, ...args], 'playwright'),
    { ...desktopEnvironment(), ...env, ...displays },
  )
  return hasDisplay() ? drive(1) : withVirtualDisplays(SIDE_BY_SIDE, (displays) => drive(SIDE_BY_SIDE, displays))
}
