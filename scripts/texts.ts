// npm run texts: collects every text of the window and the command line in docs/texts.md, to be read together.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime/paths.ts'
import { collectTexts, documentOf } from './texts/document.ts'

writeFileSync(join(root, 'docs/texts.md'), documentOf(collectTexts(root)))
