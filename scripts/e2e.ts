// npm run test:e2e: the built application in real Electron, driven by Playwright. Arguments are passed on to it.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(process.argv.slice(2)))
