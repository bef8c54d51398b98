// Vitest setup file of a mutated copy. All test files of a mutant share one process; each must load the sources again.
import { join } from 'node:path'
import { beforeEach, vi } from 'vitest'

const folder = process.env.CHALCOGEN_MUTATION_COVERAGE
if (folder) {
  // Code that runs outside a test counts for the whole file.
  const outside = join(folder, 'file')
  process.env.CHALCOGEN_MUTANTS_REACHED = outside
  beforeEach(({ task, onTestFinished }) => {
    process.env.CHALCOGEN_MUTANTS_REACHED = join(folder, task.id)
    onTestFinished(() => { process.env.CHALCOGEN_MUTANTS_REACHED = outside })
  })
}
vi.resetModules()
