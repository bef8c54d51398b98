import type { MakeKernels } from '../kernels/kernels.ts'
import type { Check } from './check.ts'
import { type Golden, parseGolden } from './golden.ts'
import { verifyNest } from './verify-nest.ts'
import { verifyPcm } from './verify-pcm.ts'
import { verifySequence } from './verify-sequence.ts'

/** A reference document, and its name in messages. */
export interface GoldenDocument {
  source: string
  document: unknown
}

/**
 * Compares the engine with reference results: published sequences, NEST's losses and device statistics.
 * Parses all documents before the first computation.
 * @param kernels by the name that starts the names of their checks
 * @throws BadInput that names the document
 */
export function verifyEngine(
  documents: readonly GoldenDocument[], kernels: Record<string, MakeKernels>, onCheck: (check: Check) => void = () => {},
): Check[] {
  const goldens = documents.map(({ source, document }) => ({ source, golden: parseGolden(document, source) }))
  return Object.entries(kernels).flatMap(([by, makeKernels]) => goldens.flatMap(({ source, golden }) => {
    const checks = verifyOne(golden, source, makeKernels).map((check) => ({ ...check, name: `${by}: ${check.name}` }))
    checks.forEach(onCheck)
    return checks
  }))
}

function verifyOne(golden: Golden, source: string, makeKernels: MakeKernels): Check[] {
  switch (golden.kind) {
    case 'sequence': return verifySequence(golden.data, makeKernels)
    case 'nest': return verifyNest(golden.data, source, makeKernels)
    case 'pcm': return verifyPcm(golden.data, makeKernels)
  }
}

export type { Check } from './check.ts'
