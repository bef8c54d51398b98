// npm run bench:window: runs the paper's experiment in the window and measures its duration and how smooth the window stays.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(['smoothness'], { SMOOTHNESS: '1' }))
