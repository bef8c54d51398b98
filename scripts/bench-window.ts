// npm run bench:window: the paper's experiment in the window, how long it takes and how fluent the window stays.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(['smoothness'], { SMOOTHNESS: '1' }))
