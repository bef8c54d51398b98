// Lets tests run the sources of the command line in their own process, with the threads of the build.
import { vi } from 'vitest'
import { provideEngineDigest } from '../../scripts/engine-digest.ts'

vi.mock(import('../../src-main/threads/program-files.ts'), async () => ({ programFile: (await import('../fixtures/built.ts')).builtFile }))
await provideEngineDigest()
