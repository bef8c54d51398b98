// Builds what the tests start as processes and threads, once before all of them.
import { ensureCommandLine } from '../../scripts/command-line.ts'
import { PROGRAM } from '../fixtures/built.ts'

export default async function setup(): Promise<void> {
  process.env[PROGRAM] = await ensureCommandLine()
}
