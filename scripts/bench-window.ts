// npm run bench:window: runs the paper's experiment and a sweep in the window. Measures their time, how smooth the window stays,
// and how far off the estimate of the sweep is. Overlays 200 curves on Compare. Imports a
// signal of a million rows.
import { runPlaywright } from './runtime/playwright.ts'
import { main } from './runtime/run.ts'

await main(() => runPlaywright(
  ['--workers=1', 'smoothness', 'sweep', 'compare', 'signal-large', '--grep', 'paper\'s experiment|sweep by mouse|slider of 250|200 curves|1,000,000 rows'], { SMOOTHNESS: '1' },
))
