import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { kernelsByArithmetic } from '../../src-engine/training/kernels-for.ts'
import { type Check, verifyEngine } from '../../src-engine/verification/verify.ts'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { compileKernels } from './kernels.ts'
import { readSpecFile } from './spec-file.ts'

export type { Check }

export interface VerifyOptions {
  goldenDir: string
  /** File of the compiled kernels. */
  kernels: string
  onCheck?: (check: Check) => void
}

/**
 * Check the engine, reference and fast path, against all golden files of a folder and any given files.
 * @throws BadInput if a file cannot be used
 */
export async function verifyAgainst(files: string[], { goldenDir, kernels, onCheck }: VerifyOptions): Promise<Check[]> {
  const names = (await readdir(goldenDir)).filter((name) => name.endsWith('.json')).sort()
  const sources = [...names.map((name) => path.join(goldenDir, name)), ...files]
  const byArithmetic = kernelsByArithmetic(await compileKernels(kernels))
  return verifyEngine(await Promise.all(sources.map(readGolden)), byArithmetic, onCheck)
}

async function readGolden(file: string): Promise<{ source: string; document: unknown }> {
  const source = path.basename(file)
  return { source, document: parseJson(await readText(file), file) }
}

async function readText(file: string): Promise<string> {
  try {
    return await readSpecFile(file)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(file, [{ path: '', rule: `cannot be read: ${(error as Error).message}`, found: '' }])
  }
}
