// Builds what the tests start as processes and threads, once before all of them.
import type { TestProject } from 'vitest/node'
import { ensureCommandLine } from '../../scripts/command-line.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the built command line. */
    program: string
  }
}

export default async function setup({ provide }: TestProject): Promise<void> {
  provide('program', await ensureCommandLine())
}
