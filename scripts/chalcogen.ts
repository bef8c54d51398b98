// npm run chalcogen: the command line, which is built first if a source has changed.
import { pathToFileURL } from 'node:url'
import { ensureCommandLine } from './command-line.ts'

await import(pathToFileURL(await ensureCommandLine()).href)
