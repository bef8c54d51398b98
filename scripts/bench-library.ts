// npm run bench:library: times opening, listing, filtering and sorting a library of 10,000 runs, in Node and in the window.
import { runPlaywright } from './runtime/playwright.ts'
import { main, run } from './runtime/run.ts'

await main(async () => {
  const inNode = await run(process.execPath, ['test/bench/library.ts'])
  const inWindow = await runPlaywright(['large-library'], { LARGE_LIBRARY: '1' })
  return inNode || inWindow
})
