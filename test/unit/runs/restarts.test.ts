import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import type { SweepInput } from '../../../src-engine/experiment/sweep.ts'
import { ranked, roundsOf } from '../../../src-engine/sweep/halving.ts'
import { lossOf } from '../../fixtures/programs/engine.ts'
import { Program, type ProgramOptions } from '../../fixtures/programs/program.ts'
import { thorough } from '../../fixtures/thorough.ts'
import { memoryLibrary } from '../library/support.ts'

vi.mock(import('../../../src-main/library/owner.ts'), () => import('../../fixtures/programs/owner.ts') as never)
vi.mock(import('../../../src-main/runs/engine-workers.ts'), () => import('../../fixtures/programs/engine.ts') as never)

const EPOCHS = 12
const HALVING = { firstEpochs: 3, keep: 0.5 }

const sweepOf = (arms: number, seeds: number): SweepInput => ({
  name: 'halved',
  spec: { task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: EPOCHS } },
  axes: [{ kind: 'list', path: 'learning.rateOutput', values: Array.from({ length: arms }, (_, arm) => arm + 1) }],
  seeds: Array.from({ length: seeds }, (_, seed) => seed + 1),
  halving: HALVING,
})

/** The rank at which each arm is stopped early, and its epochs, without any program. The best has no rank. */
function undisturbed(arms: number, seeds: number): Map<number, { epochs: number; message: string | null }> {
  const rounds = roundsOf(HALVING, arms, EPOCHS)
  const ends = new Map<number, { epochs: number; message: string | null }>()
  let left = Array.from({ length: arms }, (_, arm) => arm)
  rounds.forEach(({ epochs }, round) => {
    const lossAt = (arm: number) => meanOf(Array.from({ length: seeds }, (_, seed) =>
      meanOf(Array.from({ length: epochs }, (_, epoch) => lossOf(arm, seed + 1, epoch + 1)))))
    const order = ranked(left.map(lossAt)).map((place) => left[place]!)
    const most = rounds[round + 1]?.arms ?? order.length
    order.slice(most).forEach((arm, place) =>
      ends.set(arm!, { epochs, message: `Stopped early: rank ${most + place + 1} of ${order.length} arms after ${epochs} epochs.` }))
    left = order.slice(0, most)
  })
  for (const arm of left) ends.set(arm, { epochs: EPOCHS, message: null })
  return ends
}

/** Expects the same arms after the same epochs with the same ranks as in a sweep that nothing disturbed. */
async function expectUndisturbed(db: Database, { notices }: Program, arms: number, seeds: number): Promise<void> {
  const expected = undisturbed(arms, seeds)
  // The program itself may be about to die.
  const runs = (await new Program(db).library.list()).toReversed()
  expect(runs.map(({ status, epochsDone, error, sweep }) => [sweep!.arm, status, epochsDone, error?.message ?? null])).toEqual(
    runs.map(({ sweep }) => {
      const { epochs, message } = expected.get(sweep!.arm)!
      return [sweep!.arm, message === null ? 'done' : 'stopped', epochs, message]
    }))
  expect(notices.filter(({ level }) => level === 'error')).toEqual([])
}

type Script = (program: Program, sweepId: string, at: number) => Promise<void>

/** A second program, or the next round, may be first. */
function ifBusy(error: Error & { code?: string }): void {
  if (error.code !== 'busy' && error.code !== 'running') throw error
}

/** What a user does while a sweep runs, after some epochs. */
const scripts: Record<string, Script> = {
  'nothing': async () => {},
  'hold and release the queue': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    await program.runs.hold()
    program.runs.release()
  },
  'hold the queue, and release it later': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    await program.runs.hold()
    for (let wait = 0; wait < 20; wait++) await new Promise(setImmediate)
    program.runs.release()
  },
  'pause and resume the sweep': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    await program.sweeps.pause(sweepId)
    await program.sweeps.resume(sweepId)
  },
  'pause and resume each run': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    for (const { runId } of await program.library.list(sweepId)) {
      await program.runs.pause(runId)
      const { summary } = (await program.library.outlines([runId]))[0]!
      // The next round may begin meanwhile.
      if (summary.status === 'paused') await program.runs.resume(runId).catch(ifBusy)
    }
  },
  'quit': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    await program.runs.close()
    program.kill()
  },
  'resume the sweep again and again': async (program, sweepId, at) => {
    await program.untilTrained(sweepId, at)
    for (let time = 0; time < 5; time++) await program.sweeps.resume(sweepId)
  },
}

/** Runs what a program does until it is done or the program dies. */
const settled = (program: Program, work: Promise<unknown>) => Promise.race([program.died, work])

/** Starts a sweep, or continues the one that it finds, does what the script says, and waits for the sweep. */
async function work(program: Program, script: Script, at: number, arms: number, seeds: number): Promise<void> {
  await program.open()
  const [saved] = await program.sweeps.list()
  const sweepId = saved?.sweepId ?? await program.start(sweepOf(arms, seeds))
  if (saved) await program.sweeps.resume(sweepId).catch(ifBusy)
  await script(program, sweepId, at).catch(ifBusy)
  await program.sweeps.finished(sweepId)
}

/** Opens the library again and again, with a kill each time, and in the end without one. */
async function recover(db: Database, cuts: ProgramOptions['cut'][], arms: number, seeds: number): Promise<Program> {
  for (const cut of [...cuts, undefined]) {
    const program = new Program(db, { cut })
    await settled(program, work(program, scripts.nothing!, 0, arms, seeds))
    if (program.isAlive) return program
  }
  throw new Error('unreachable')
}

/** A failure is reported as it is, because each case takes too long to look for a simpler one. */
const repetitions = (usual: number) => ({ numRuns: thorough ? 1000 : usual, endOnFailure: true })

const cutAnywhere = fc.record({ request: fc.integer({ min: 1, max: 220 }), after: fc.boolean() })
/** A sweep, and after how many epochs the user or the second program acts. */
const scene = {
  arms: fc.integer({ min: 2, max: 6 }), seeds: fc.integer({ min: 1, max: 2 }), slots: fc.integer({ min: 1, max: 3 }),
  at: fc.integer({ min: 0, max: 40 }),
}

describe('fault 49: a sweep with successive halving has the same arms, ranks and epochs as an undisturbed one', () => {
  it('without a disturbance', async () => {
    const db = memoryLibrary()
    await expectUndisturbed(db, await recover(db, [], 5, 2), 5, 2)
  })

  it('if the user stops the sweep in any moment and resumes it', async () => {
    await fc.assert(fc.asyncProperty(fc.record(scene), async ({ arms, seeds, slots, at }) => {
      const db = memoryLibrary()
      const program = new Program(db, { slots })
      const sweepId = await program.start(sweepOf(arms, seeds))
      await program.untilTrained(sweepId, Math.min(at, 3 * arms * seeds))
      await program.sweeps.stop(sweepId)
      expect((await program.library.list()).every(({ status }) => status === 'stopped' || status === 'done')).toBe(true)
      await program.sweeps.resume(sweepId)
      await program.sweeps.finished(sweepId)
      await expectUndisturbed(db, program, arms, seeds)
      program.kill()
    }), repetitions(8))
  })

  it.each(Object.keys(scripts))('if the user does this meanwhile: %s; and the program is killed before or after any request', async (name) => {
    await fc.assert(fc.asyncProperty(
      fc.record({ ...scene, cuts: fc.array(cutAnywhere, { minLength: 1, maxLength: 3 }) }),
      async ({ arms, seeds, slots, at, cuts: [cut, ...more] }) => {
        const db = memoryLibrary()
        const first = new Program(db, { slots, cut })
        await settled(first, work(first, scripts[name]!, Math.min(at, 3 * arms * seeds), arms, seeds))
        first.kill()
        await expectUndisturbed(db, await recover(db, more, arms, seeds), arms, seeds)
      },
    ), repetitions(8))
  })

  it('if two programs work on it, whichever of them is killed', async () => {
    await fc.assert(fc.asyncProperty(
      fc.record({
        ...scene, cut: fc.option(cutAnywhere), other: fc.option(cutAnywhere), script: fc.constantFrom(...Object.keys(scripts)),
      }),
      async ({ arms, seeds, slots, at, cut, other, script }) => {
        const db = memoryLibrary()
        const first = new Program(db, { slots, cut: cut ?? undefined })
        const starting = settled(first, work(first, scripts[script]!, Math.min(at, 3 * arms * seeds), arms, seeds))
        const observer = new Program(db)
        while (first.isAlive && (await observer.library.sweeps()).length === 0) await new Promise(setImmediate)
        const second = new Program(db, { slots, cut: other ?? undefined })
        await Promise.all([starting, settled(second, work(second, scripts.nothing!, 0, arms, seeds))])
        for (const program of [first, second, observer]) program.kill()
        await expectUndisturbed(db, await recover(db, [], arms, seeds), arms, seeds)
      },
    ), repetitions(20))
  })
})
