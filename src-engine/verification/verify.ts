import type { Check } from './check.ts'
import { type Golden, parseGolden } from './golden.ts'
import { verifyNest } from './verify-nest.ts'
import { verifyPcm } from './verify-pcm.ts'
import { verifySequence } from './verify-sequence.ts'

/** A reference document and how its owner calls it. */
export interface GoldenDocument {
  source: string
  document: unknown
}

/**
 * Compares the engine with reference results: the published sequences, NEST's losses, the device's statistics.
 * Every document is parsed before the first is computed. @throws BadInput naming the document.
 */
export function verifyEngine(documents: readonly GoldenDocument[], onCheck: (check: Check) => void = () => {}): Check[] {
  const goldens = documents.map(({ source, document }) => ({ source, golden: parseGolden(document, source) }))
  return goldens.flatMap(({ source, golden }) => {
    const checks = verifyOne(golden, source)
    checks.forEach(onCheck)
    return checks
  })
}

function verifyOne(golden: Golden, source: string): Check[] {
  switch (golden.kind) {
    case 'sequence': return verifySequence(golden.data)
    case 'nest': return verifyNest(golden.data, source)
    case 'pcm': return verifyPcm(golden.data)
  }
}

export type { Check } from './check.ts'
