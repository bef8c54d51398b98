// npm run dev: starts the application and rebuilds and reloads it when its sources change.
import { ensureRuntime } from './runtime/electron.ts'
import { main, run, tool } from './runtime/run.ts'
import { desktopEnvironment } from './runtime/sandbox.ts'

await main(async () => {
  await ensureRuntime()
  return run(...tool('electron-vite', ['dev']), desktopEnvironment())
})
