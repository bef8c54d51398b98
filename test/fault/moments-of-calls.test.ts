import { describe, expect, it, vi } from 'vitest'
import type { Database } from 'better-sqlite3'
import type { SweepInput } from '../../src-engine/experiment/sweep.ts'
import { specSchema } from '../../src-engine/experiment/spec.ts'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { LibraryError, type LibraryErrorCode } from '../../src-main/library/library.ts'
import type { Request } from '../../src-main/library/operations.ts'
import { Program } from '../fixtures/programs/program.ts'
import { thorough } from '../fixtures/thorough.ts'
import { memoryLibrary } from '../unit/library/support.ts'

vi.mock(import('../../src-main/library/owner.ts'), () => import('../fixtures/programs/owner.ts') as never)
vi.mock(import('../../src-main/runs/engine-workers.ts'), () => import('../fixtures/programs/engine.ts') as never)
vi.setConfig({ testTimeout: 120_000 })

const spec = {
  task: { kind: 'sinusoids' as const, patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: 6 },
}
const sweepOf = (halving: SweepInput['halving']): SweepInput =>
  ({ name: 'sweep', spec, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4] }], seeds: [1], halving })

/** Lets some requests fail, counted from 1 over all programs. */
function failing(from: number, times: number, code: LibraryErrorCode) {
  let count = 0
  const failed: Request[] = []
  const before = (request: Request) => {
    count++
    if (count < from || count >= from + times) return
    failed.push(request)
    throw new LibraryError(code, `The library reported an error (${code}).`)
  }
  return { before, failed }
}

/** Does what a user does again until the library does it. What it refuses must have changed nothing. */
async function insist<Result>(act: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof LibraryError) || error.code === 'busy') throw error
    }
  }
}

/** Starts a sweep and a single run, holds the queue in the middle, quits, and lets the next program finish all. */
async function wholeLife(
  db: Database, sweep: SweepInput, before: (request: Request) => void,
): Promise<{ runs: RunSummary[]; last: Program }> {
  const first = new Program(db, { before })
  const single = { ...spec, seed: 7, learning: { rateOutput: 5 } }
  await insist(() => first.runs.start(specSchema.parse(single)))
  const sweepId = await insist(() => first.start(sweep))
  await insist(() => first.untilTrained(sweepId, 5))
  await insist(() => first.runs.hold())
  await first.runs.close()
  first.kill()
  const last = new Program(db, { before })
  await insist(() => last.library.interruptUnfinished())
  await insist(() => last.runs.adopt())
  for (const { runId, status, error } of await insist(() => last.library.list())) {
    if ((status === 'interrupted' || status === 'paused') && error === null) await insist(() => last.runs.resume(runId))
  }
  await insist(() => last.sweeps.resume(sweepId))
  await insist(() => last.sweeps.finished(sweepId))
  return { runs: await atRest(last), last }
}

/** Runs of the library when none is active, and all ends are saved. */
async function atRest(program: Program): Promise<RunSummary[]> {
  for (;;) {
    const runs = await insist(() => program.untilIdle())
    if (runs.every(({ status }) => status !== 'running')) return runs
    await new Promise(setImmediate)
  }
}

const resultsOf = (runs: readonly RunSummary[]) => runs.map(({ status, seed, epochsDone, digest, loss, error, sweep }) =>
  ({ arm: sweep?.arm ?? null, seed, status, epochsDone, digest, loss, error }))

type Life = Awaited<ReturnType<typeof wholeLife>>

/** Repeats the whole life, each time with the next request failing, until none fails any more. @returns the number of requests */
async function forEveryRequest(
  sweep: SweepInput, times: number, code: LibraryErrorCode, expectAll: (life: Life, failed: Request) => Promise<void> | void,
): Promise<number> {
  for (let from = 1; ; from += thorough ? 1 : times + 2) {
    const { before, failed } = failing(from, times, code)
    const life = await wholeLife(memoryLibrary(), sweep, before)
    if (failed.length === 0) return from
    await expectAll(life, failed[0]!)
    life.last.kill()
  }
}

const halved = sweepOf({ firstEpochs: 2, keep: 0.5 })
const plain = sweepOf(null)

describe.each([['fault 41: a locked library', 'locked'], ['fault 42: a full disk', 'disk-full']] as const)('%s', (_, code) => {
  it('at any request of the lives of runs delays them and changes nothing', async () => {
    const { runs } = await wholeLife(memoryLibrary(), halved, () => {})
    const expected = resultsOf(runs)
    expect(expected.map(({ status }) => status).sort()).toEqual(['done', 'done', 'stopped', 'stopped', 'stopped'])
    const requests = await forEveryRequest(halved, 3, code, (life, failed) => {
      expect(resultsOf(life.runs), failed.op).toEqual(expected)
    })
    expect(requests).toBeGreaterThan(50)
  })
})

describe('fault 42: a read error', () => {
  it('at any request fails one run at most, which says why, and every other run goes on', async () => {
    const { runs } = await wholeLife(memoryLibrary(), plain, () => {})
    const expected = resultsOf(runs)
    expect(expected.map(({ status }) => status)).toEqual(Array(5).fill('done'))
    const ops = new Set<string>()
    await forEveryRequest(plain, 1, 'failed', async ({ runs, last }, failed) => {
      const others = resultsOf(runs)
      const hit = runs.filter(({ status }) => status !== 'done')
      expect(hit.length, failed.op).toBeLessThan(2)
      for (const run of hit) {
        ops.add(failed.op)
        const named = [run.error?.message ?? '', ...last.notices.filter(({ runId }) => runId === run.runId).map(({ message }) => message)].join()
        expect(named, failed.op).toContain('The library reported an error')
        await last.runs.resume(run.runId)
        others[runs.indexOf(run)] = resultsOf((await atRest(last)).filter(({ runId }) => runId === run.runId))[0]!
      }
      expect(others, failed.op).toEqual(expected)
    })
    if (thorough) expect([...ops]).toEqual(expect.arrayContaining(['checkpoint', 'markRunning', 'appendEpochs', 'sweep']))
  })
})
