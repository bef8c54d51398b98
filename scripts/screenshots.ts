// npm run screenshots: pictures of every screen into test-results/screenshots, those of the README into resources.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(['screenshots'], { SCREENSHOTS: '1' }))
