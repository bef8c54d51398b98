// npm run screenshots: saves screenshots of every screen in test-results/screenshots, and those of the README in resources.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(['screenshots'], { SCREENSHOTS: '1' }))
