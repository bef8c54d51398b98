// npm run bench:window: runs the paper's experiment and a sweep in the window. Measures their time, how smooth the window stays,
// and how far off the estimate of the sweep is.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(['--workers=1', 'smoothness', 'sweep', '--grep', 'paper\'s experiment|sweep by mouse'], { SMOOTHNESS: '1' }))
