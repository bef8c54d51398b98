import type { Mutant } from './mutants.ts'

/** `uncovered`: no test reaches it. A timeout counts as killed. */
export type Verdict = 'killed' | 'timeout' | 'survived' | 'uncovered'

export interface Result extends Omit<Mutant, 'place'> {
  verdict: Verdict
  /** The test that failed. */
  by: string | null
  /** Test files that reach a survivor but exceeded its budget. */
  untried: string[]
}

export interface Report {
  folder: string
  seed: number
  /** Number of mutants in the folder. The results are a sample of them. */
  population: number
  /** Test files that were not used, because they failed without a mutant. */
  leftOut: string[]
  score: number
  counts: Record<Verdict, number>
  results: Result[]
}

export function report(
  folder: string, seed: number, population: number, results: readonly Result[], leftOut: readonly string[] = [],
): Report {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length
  const counts = { killed: count('killed'), timeout: count('timeout'), survived: count('survived'), uncovered: count('uncovered') }
  const sorted = [...results].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
  return { folder, seed, population, leftOut: [...leftOut], score: score(counts), counts, results: sorted }
}

/** Share of mutants that the tests noticed; NaN without mutants. */
const score = ({ killed, timeout, survived, uncovered }: Report['counts']) => (killed + timeout) / (killed + timeout + survived + uncovered)

/** The score and all survivors. */
export function reportText({ folder, seed, population, leftOut, score, counts, results }: Report): string {
  const { killed, timeout, survived, uncovered } = counts
  return [
    `${folder}: ${(100 * score).toFixed(1)} % of ${results.length} mutants killed (a sample of ${population}, seed ${seed})`,
    `${killed} killed, ${timeout} timed out, ${survived} survived, ${uncovered} reached by no test`,
    ...(leftOut.length > 0 ? [`Without ${leftOut.join(', ')}`] : []),
    '',
    ...results.filter(({ verdict }) => verdict === 'survived' || verdict === 'uncovered').flatMap(survivorLines),
  ].join('\n')
}

const survivorLines = ({ file, line, mutator, verdict, original, mutated, untried }: Result): string[] => [
  `${file}:${line} ${mutator}${verdict === 'uncovered' ? ' (no test reaches it)' : untried.length > 0 ? ` (${untried.length} test files untried)` : ''}`,
  `  - ${oneLine(original)}`,
  `  + ${oneLine(mutated) || '(removed)'}`,
]

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
