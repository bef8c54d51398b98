import type { Problem } from '../contract/problem.ts'
import type { ArrayInfo, EpochMetrics, RunDetail, RunSummary } from '../contract/run.ts'

type Contents = Pick<RunDetail, 'spec' | 'epochs'> & { summary: RunSummary; arrays: readonly Pick<ArrayInfo, 'epoch'>[] }

/**
 * The first place where a run from outside contradicts itself; null if it does not. What it claims about its results can only be
 * verified by computing it again.
 */
export function contradictionIn(run: Contents): Problem | null {
  return contradictionOfSpec(run)
    ?? firstOf(run.epochs, (epoch, index) => contradictionOfEpoch(epoch, index, run))
    ?? contradictionOfLast(run)
}

function contradictionOfSpec({ summary, spec, arrays }: Contents): Problem | null {
  const { epochs } = spec.training
  return different('summary.scheme', summary.scheme, spec.scheme.kind)
    ?? different('summary.task', summary.task, spec.task.kind)
    ?? different('summary.seed', summary.seed, spec.seed)
    ?? different('summary.epochs', summary.epochs, epochs)
    ?? firstOf(arrays, ({ epoch }, index) => (epoch > epochs ? atMost(`arrays.${index}.epoch`, epochs, epoch) : null))
}

function contradictionOfEpoch({ epoch, patternLosses, ledger }: EpochMetrics, index: number, { spec }: Contents): Problem | null {
  if (epoch > spec.training.epochs) return atMost(`epochs.${index}.epoch`, spec.training.epochs, epoch)
  if (patternLosses.length > spec.task.patterns) return atMost(`epochs.${index}.patternLosses`, spec.task.patterns, patternLosses.length)
  return negativeIn(`epochs.${index}.ledger`, ledger)
}

/** The list shows the numbers of the last epoch. */
function contradictionOfLast({ summary, epochs }: Contents): Problem | null {
  const last = epochs.at(-1)
  const ofLedger = negativeIn('summary.ledger', summary.ledger)
  if (ofLedger || !last) return ofLedger
  return different('summary.epochsDone', summary.epochsDone, last.epoch)
    ?? different('summary.loss', summary.loss, last.loss)
    ?? firstOf(['set', 'reset', 'refresh', 'read'] as const, (name) => different(`summary.ledger.${name}`, summary.ledger[name], last.ledger[name]))
}

function firstOf<Value>(values: readonly Value[], find: (value: Value, index: number) => Problem | null): Problem | null {
  for (const [index, value] of values.entries()) {
    const problem = find(value, index)
    if (problem) return problem
  }
  return null
}

const different = (path: string, found: unknown, expected: unknown): Problem | null =>
  (Object.is(found, expected) ? null : { path, rule: `must be ${String(expected)}, as in the rest of the run`, found: String(found) })

const atMost = (path: string, most: number, found: number): Problem => ({ path, rule: `must be at most ${most}, as in the spec`, found: String(found) })

const negativeIn = (path: string, ledger: EpochMetrics['ledger']): Problem | null => firstOf(Object.entries(ledger), ([name, count]) =>
  (count < 0 ? { path: `${path}.${name}`, rule: 'must be at least 0', found: String(count) } : null))
