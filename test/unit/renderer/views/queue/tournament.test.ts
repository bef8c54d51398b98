import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import Papa from 'papaparse'
import { stabilityText } from '../../../../../src-engine/statistics/outcome-texts.ts'
import { useRuns } from '../../../../../src-renderer/stores/runs.ts'
import { useSweeps } from '../../../../../src-renderer/stores/sweeps.ts'
import { outcomesText, whyNot } from '../../../../../src-engine/statistics/outcome-texts.ts'
import {
  csvOf, intervalText, markdownOf, tournamentRows,
} from '../../../../../src-renderer/views/queue/tournament/tournament-rows.ts'
import { useTournament } from '../../../../../src-renderer/views/queue/tournament/use-tournament.ts'
import { armOf, comparisonOf, runOf } from '../../comparisons.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'
import { libraryOf } from '../../library.ts'

const diverged = runOf(2, NaN, { stability: { outcome: 'diverged', reasons: ['runaway rates', 'loss grew'] } })
const best = armOf(1, 'Mixed, "full"', [runOf(1, 0.0123456), runOf(2, 0.02)], { interval: [0.012, 0.02] })
const second = armOf(0, 'Sign | PCM', [runOf(1, 0.3)], {
  test: { pairs: 1, difference: 0.28, interval: null, p: 1, corrected: 1 }, failed: 1, unfinished: 2,
})
const bad = armOf(2, 'Fast', [runOf(1, 0.2), diverged])

describe('rows', () => {
  test('are ranked arms, with the runs of expanded ones', () => {
    const rows = tournamentRows(comparisonOf([best, second, bad]), new Set([0]))
    expect(rows.map((row) => (row.kind === 'arm' ? [row.arm.label, row.rank, row.isBest, row.isReference] : row.run.seed))).toEqual([
      ['Mixed, "full"', 1, true, true], ['Sign | PCM', 2, false, false], 1, ['Fast', null, false, false],
    ])
  })

  test('describe outcomes with their reasons', () => {
    expect(outcomesText(second)).toBe('1 learned · 1 failed · 2 not finished')
    expect(stabilityText(diverged.stability)).toBe('diverged: runaway rates, loss grew')
    expect(whyNot(bad)).toEqual(['seed 2 diverged: runaway rates, loss grew'])
  })

  test('format intervals by convention', () => {
    expect([intervalText([0.012, 0.02]), intervalText(null)]).toEqual(['0.0120 to 0.0200', '–'])
  })
})

describe('the table to copy', () => {
  test('is Markdown with the same number of cells in each row, whatever the labels contain', () => {
    const lines = markdownOf(comparisonOf([best, second, bad])).trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(new Set(lines.map((line) => line.split(/(?<!\\)\|/).length)).size).toBe(1)
    expect(lines[3]).toContain('Sign \\| PCM')
  })

  test('is CSV with all digits that a parser can read', () => {
    const [head, ...rows] = Papa.parse<string[]>(csvOf(comparisonOf([best, second, bad])), { skipEmptyLines: true }).data
    expect(rows.map((row) => row[head!.indexOf('Arm')])).toEqual(['Mixed, "full"', 'Sign | PCM', 'Fast'])
    expect(Number(rows[0]![head!.indexOf('MSE (last 20 epochs), mean')])).toBe(best.sample.mean)
    expect(rows[1]![head!.indexOf('95 % interval from')]).toBe('')
    expect(rows[2]![head!.indexOf('diverged')]).toBe('1')
  })

  test('has every swept parameter as a column of the CSV, in full precision', () => {
    const swept = [0.0000774251, 0.0001, 0.5].map((value) => ({ changes: [{ path: 'learning.rateInput', value }] }))
    const [head, ...rows] = Papa.parse<string[]>(csvOf(comparisonOf([best, second, bad]), swept), { skipEmptyLines: true }).data
    expect(rows.map((row) => row[head!.indexOf('learning.rateInput')])).toEqual([best, second, bad].map(({ arm }) => String(swept[arm]!.changes[0]!.value)))
  })
})

describe('updating', () => {
  let requests: { by: unknown; answer: (value: unknown) => void }[] = []
  const sweep = { sweepId: 's1', name: '', createdAt: '2026-11-01T12:00:00.000Z', document: { comparison: null }, arms: [] }
  const ofSweep = (runId: string, status: 'running' | 'done') => summaryOf({ runId, status, sweep: { sweepId: 's1', arm: 0 } } as never)

  async function opened() {
    setActivePinia(createPinia())
    const main = fakeBridge({ ...libraryOf(() => []), 'sweeps.list': () => [sweep] })
    const call = async (name: string, input: never) => (name === 'sweeps.compare'
      ? { ok: true, value: await new Promise((answer) => { requests.push({ by: (input as { by: unknown }).by, answer }) }) }
      : main.bridge.call(name as never, input))
    vi.stubGlobal('window', { chalcogen: { ...main.bridge, call } })
    await useRuns().connect()
    await useSweeps().connect()
    const scope = effectScope()
    const tournament = scope.run(() => useTournament('s1'))!
    await settle()
    const end = (runId: string) => main.emit('run.changed', { summary: ofSweep(runId, 'done') })
    return { tournament, end, close: () => scope.stop() }
  }
  const settle = () => vi.advanceTimersByTimeAsync(0)
  const named = (name: string) => comparisonOf([armOf(0, name, [])])

  beforeEach(() => {
    requests = []
    vi.stubGlobal('localStorage', fakeStorage())
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  test('keeps only the latest answer', async () => {
    const { tournament } = await opened()
    tournament.put({ budget: { kind: 'set', pulses: 100 } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(requests.map(({ by }) => (by as { budget: object }).budget)).toEqual([{ kind: 'epochs' }, { kind: 'set', pulses: 100 }])
    requests[1]!.answer(named('newer'))
    await settle()
    requests[0]!.answer(named('older'))
    await settle()
    expect(tournament.result.value?.reference).toBe('newer')
  })

  test('waits for a pause in typing and sends no invalid settings', async () => {
    const { tournament } = await opened()
    for (const pulses of [1, 12, 123]) tournament.put({ budget: { kind: 'set', pulses } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(requests).toHaveLength(2)
    tournament.put({ budget: { kind: 'set', pulses: 'many' } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(requests).toHaveLength(2)
    expect(tournament.problems.value.map(({ path }) => path)).toEqual(['comparison.budget.pulses'])
  })

  test('repeats when runs end, once for several runs, with one request at a time', async () => {
    const { tournament, end, close } = await opened()
    for (const runId of ['run-a', 'run-b']) end(runId)
    await vi.advanceTimersByTimeAsync(5000)
    expect(requests).toHaveLength(1)
    requests[0]!.answer(named('first'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(requests).toHaveLength(2)
    requests[1]!.answer(named('second'))
    await vi.advanceTimersByTimeAsync(5000)
    for (const runId of ['run-c', 'run-d']) end(runId)
    await vi.advanceTimersByTimeAsync(5000)
    expect(requests).toHaveLength(3)
    close()
    requests[2]!.answer(named('too late'))
    await settle()
    expect(tournament.result.value?.reference).toBe('second')
  })
})
