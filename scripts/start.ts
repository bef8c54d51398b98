// npm start: opens the application; on a machine without a display, runs its default experiment in the terminal.
import { hasDisplay } from './runtime/display.ts'
import { ensureRuntime } from './runtime/electron.ts'
import { root } from './runtime/paths.ts'
import { build, main, run } from './runtime/run.ts'
import { desktopEnvironment, sandboxArguments } from './runtime/sandbox.ts'

const defaultExperiment = 'pattern-generation/mixed-precision'

async function openApplication(): Promise<number> {
  const { executable } = await ensureRuntime()
  const built = await build()
  return built === 0 ? run(executable, [root, ...sandboxArguments()], desktopEnvironment()) : built
}

function runInTerminal(): Promise<number> {
  console.log(`No display here, so no window: running ${defaultExperiment} in the terminal instead.`)
  return run(process.execPath, ['src-main/cli/chalcogen.ts', 'run', defaultExperiment, '--figure'])
}

await main(hasDisplay() ? openApplication : runInTerminal)
