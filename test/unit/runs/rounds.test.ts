import { describe, expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import { type Library, LibraryError } from '../../../src-main/library/library.ts'
import type { SweepRun } from '../../../src-main/runs/halve.ts'
import { atRounds, limitsOf } from '../../../src-main/runs/rounds.ts'

const spec = specSchema.parse({ training: { epochs: 12 }, task: { kind: 'sinusoids', patterns: 2 } })
const axes = [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4] }]
const document = sweepSchema.parse({ spec: { training: { epochs: 12 } }, axes, halving: { firstEpochs: 3, keep: 0.5 } })

const halved = { status: 'stopped' as const, error: { code: 'halved', message: '' } }

/** A library with a sweep of four arms. Rounds of 3, 6 and 12 epochs for 4, 2 and 1 of them. @param out arms that were stopped early */
function libraryWith(out: number, failures: Error[] = []) {
  const runs = [0, 1, 2, 3].map((arm) => ({
    runId: `run${arm}`, status: 'queued', epochsDone: 3, epochs: 12, seed: 1, error: null, sweep: { sweepId: 'halved', arm }, ...(arm >= 4 - out && halved),
  })) as SweepRun[]
  const reads: string[] = []
  const library = {
    sweep: async (sweepId: string) => {
      reads.push('sweep')
      const failure = failures.shift()
      if (failure) throw failure
      return { sweepId, name: '', createdAt: '', document: sweepId === 'halved' ? document : { ...document, halving: null } }
    },
    list: async () => {
      reads.push('list')
      return runs
    },
  } as unknown as Library
  return { library, reads }
}
const run = (arm = 0, sweepId = 'halved') => ({ runId: `run${arm}`, spec, sweep: { sweepId, arm } })

describe('a run of a sweep with successive halving', () => {
  test.each([
    ['4 arms are in', 0, 6], ['3 arms are in', 1, 6], ['2 arms are in', 2, 12], ['1 arm is in', 3, null],
  ])('while %s, waits where their round ends', async (_, out, sequences) => {
    expect(await limitsOf(libraryWith(out).library)(run())).toBe(sequences)
  })

  test('runs to its end if its arm is out', async () => {
    expect(await limitsOf(libraryWith(2).library)(run(3))).toBeNull()
  })

  test('reads its sweep once for all runs, and again for the others if that fails for one', async () => {
    const { library, reads } = libraryWith(0, [new LibraryError('failed', 'disk I/O error')])
    const limitOf = limitsOf(library)
    const [first, ...others] = await Promise.allSettled([limitOf(run(0)), limitOf(run(1)), limitOf(run(2))])
    expect([first.status, ...others]).toEqual(['rejected', { status: 'fulfilled', value: 6 }, { status: 'fulfilled', value: 6 }])
    reads.length = 0
    expect([await limitOf(run(0)), await limitOf(run(1))]).toEqual([6, 6])
    expect(reads).toEqual([])
  })

  test.each(['locked', 'failed', 'worker-ended'] as const)('does not run to its end because its sweep could not be read (%s)', async (code) => {
    await expect(limitsOf(libraryWith(0, [new LibraryError(code, '')]).library)(run())).rejects.toMatchObject({ code })
  })

  test.each(['no-run', 'damaged'] as const)('runs to its end if its sweep is gone for good (%s)', async (code) => {
    expect(await limitsOf(libraryWith(0, [new LibraryError(code, '')]).library)(run())).toBeNull()
  })

  test('knows whether it is at the end of a round', async () => {
    const runs = [0, 3, 4, 6, 12].map((epochsDone) => ({ epochsDone, epochs: 12, sweep: { sweepId: 'halved', arm: 0 } }))
    expect(runs.map(await atRounds(libraryWith(0).library, runs))).toEqual([false, true, false, true, true])
  })
})

test('a run without a sweep or without rounds never waits', async () => {
  const { library, reads } = libraryWith(0)
  expect(await limitsOf(library)(run(0, 'plain'))).toBeNull()
  expect(await limitsOf(library)({ ...run(), sweep: null })).toBeNull()
  expect(reads).toEqual(['sweep'])
})
