import { describe, expect, test } from 'vitest'
import { groupedBy } from '../../../../../src-renderer/stores/grouped.ts'
import type { RunStatus, RunSummary } from '../../../../../src-renderer/stores/runs.ts'
import { queueRows, type Row, tallyOf } from '../../../../../src-renderer/views/queue/rows.ts'
import { summaryOf } from '../../fixtures.ts'

/** 'A1 running' is run 1 of sweep A; 'x queued' belongs to no sweep. */
function runOf(text: string): RunSummary {
  const [runId = '', status] = text.split(' ')
  const sweep = /^[A-Z]/.test(runId) ? { sweepId: runId.charAt(0), arm: 0 } : null
  return summaryOf({ runId, status: status as RunStatus, sweep, epochs: 10, epochsDone: status === 'done' ? 10 : 5 })
}

function shown(texts: string[], order: string, folded: string[] = []): string[] {
  const runs = texts.map(runOf)
  const ofSweeps = runs.filter(({ sweep }) => sweep !== null)
  const runsOf = groupedBy(ofSweeps, ({ sweep }) => sweep!.sweepId)
  const entries = order.split(' ').filter(Boolean).map((runId) => ({ runId, priority: 'normal' as const, seconds: 1 }))
  return queueRows({ runs, entries, runsOf, sweepIds: [...runsOf.keys()], folded: new Set(folded) }).map(textOf)
}

const textOf = (row: Row) => {
  if (row.kind === 'run') return `${row.isInner ? '- ' : ''}${row.key}${row.position === null ? '' : ` #${row.position}`}`
  return `${row.isFirst ? '' : '…'}${row.sweepId}${row.folded ? ' +' : ''}${row.hasEnded ? ' ended' : ''} [${row.queued.join(' ')}]`
}

describe('the rows of the queue', () => {
  test('list running runs, queued runs in order, then paused runs', () => {
    expect(shown(['p paused', 'x queued', 'y queued', 'z running', 'd done'], 'y x')).toEqual(['z', 'y #1', 'x #2', 'p'])
  })

  test('list the runs of a sweep below it: running, queued, paused, ended', () => {
    expect(shown(['A4 queued', 'A3 paused', 'A2 running', 'A1 done', 'x queued'], 'A4 x'))
      .toEqual(['A [A4]', '- A2', '- A4 #1', '- A3', '- A1', 'x #2'])
  })

  test('repeat the sweep where other runs separate its queued runs', () => {
    expect(shown(['A3 queued', 'A2 queued', 'A1 running', 'x queued'], 'A2 x A3'))
      .toEqual(['A [A2]', '- A1', '- A2 #1', 'x #2', '…A [A3]', '- A3 #3'])
  })

  test('hide the runs of a collapsed sweep', () => {
    expect(shown(['A2 queued', 'A1 running', 'x queued'], 'A2 x', ['sweep:A'])).toEqual(['A + [A2]', 'x #2'])
  })

  test('put sweeps with only running runs first, paused sweeps after the queue, ended sweeps last', () => {
    expect(shown(['C1 done', 'B1 paused', 'A1 running', 'x queued'], 'x'))
      .toEqual(['A []', '- A1', 'x #1', 'B []', '- B1', 'C + ended []'])
  })

  test('list a run as running if it started after the queue was reported', () => {
    expect(shown(['x running', 'y queued'], 'x y')).toEqual(['x', 'y #1'])
  })

  test('list every queued run once, in any order', () => {
    const texts = ['A1 queued', 'B1 queued', 'x queued', 'A2 queued', 'B2 queued', 'y queued']
    const order = 'B1 A1 x B2 A2 y'
    const places = shown(texts, order).filter((text) => text.includes('#')).map((text) => text.replace('- ', '').split(' ')[0])
    expect(places).toEqual(order.split(' '))
  })
})

test('progress of a sweep counts stopped and failed runs as done', () => {
  const tally = tallyOf(['A1 done', 'A2 stopped', 'A3 running', 'A4 failed', 'A5 paused'].map(runOf))
  const none = { learned: 0, untrained: 0, silent: 0, diverged: 0 }
  expect(tally).toEqual({ all: 5, ended: 3, failed: 1, unfinished: 1, paused: 1, outcomes: none, share: 0.8 })
})

test('a sweep counts its outcomes, as far as they are known', () => {
  const runs = (['learned', 'silent', 'silent', null] as const).map((outcome) => summaryOf({ outcome }))
  expect(tallyOf(runs).outcomes).toEqual({ learned: 1, untrained: 0, silent: 2, diverged: 0 })
})
