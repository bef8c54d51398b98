import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../runtime/paths.ts'
import { instrument, type Numbered } from './instrument.ts'
import { isSkippedFile } from './skipped.ts'

/** Files that a copy needs even if git does not track them. */
const extras = ['scripts/mutation/switch.ts', 'scripts/mutation/setup.ts', 'out/kernels']

/** Tracked files, as they are in the working tree. */
const trackedFiles = () => execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0').filter((file) => file !== '' && existsSync(join(root, file)))

/** Sources of a folder that can be mutated. */
export const sourcesOf = (folder: string) => trackedFiles()
  .filter((file) => file.startsWith(`${folder}/`) && !isSkippedFile(file)).sort()

export const readSource = (file: string) => readFileSync(join(root, file), 'utf8')

/** Copy the repository with these mutants built in. The switch decides which one is active. */
export function copyWith(mutants: readonly Numbered[], folder: string): void {
  for (const file of [...trackedFiles(), ...extras]) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [file, own] of Map.groupBy(mutants, (mutant) => mutant.file)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), instrument(file, readSource(file), own))
  }
}
