// npm start: opens the application. Without a display, it runs the default experiment in the terminal instead.
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
  console.log(`No display found. Running ${defaultExperiment} in the terminal instead of the window.`)
  return run(process.execPath, ['scripts/chalcogen.ts', 'run', defaultExperiment, '--figure'])
}

await main(hasDisplay() ? openApplication : runInTerminal)
