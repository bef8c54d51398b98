import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryEstimate } from '../../../src-engine/experiment/estimate.ts'
import { type SpecInput, specSchema } from '../../../src-engine/experiment/spec.ts'
import { LibraryError, type LibraryErrorCode } from '../../../src-main/library/library.ts'
import type { Request } from '../../../src-main/library/operations.ts'
import { watched } from '../../fixtures/programs/engine.ts'
import { Program, type ProgramOptions } from '../../fixtures/programs/program.ts'
import { memoryLibrary } from '../library/support.ts'

vi.mock(import('../../../src-main/library/owner.ts'), () => import('../../fixtures/programs/owner.ts') as never)
vi.mock(import('../../../src-main/runs/engine-workers.ts'), () => import('../../fixtures/programs/engine.ts') as never)
/** Memory that runs may have. */
const room = vi.hoisted(() => ({ bytes: 1e12, limit: 'the limit of a test' }))
vi.mock(import('../../../src-main/runs/memory-room.ts'), () => ({ memoryRoom: () => room }))
afterEach(() => { room.bytes = 1e12 })

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: 200 },
} satisfies SpecInput
const spec = specSchema.parse(tiny)

/** A program of which the user pressed hold before anything ran. Notes its requests. */
function heldProgram(options: ProgramOptions = {}) {
  const ops: Request['op'][] = []
  const program = new Program(memoryLibrary(), {
    slots: 1, ...options,
    before(request, count) {
      ops.push(request.op)
      options.before?.(request, count)
    },
  })
  return { program, ops }
}

const statusOf = async (program: Program, runId: string) => (await program.library.outlines([runId]))[0]!.summary.status
/** Resolves when so many runs have an epoch. Looks at every turn of the events, because the stand-in of the engine computes 200 epochs in no time. */
async function started(program: Program, runs = 1): Promise<void> {
  while ((await program.library.list()).filter(({ epochsDone }) => epochsDone > 0).length < runs) await new Promise(setImmediate)
}

/** Fails the requests with these names. */
const failing = (code: LibraryErrorCode, isMeant: (request: Request) => boolean): ProgramOptions => ({
  before(request) { if (isMeant(request)) throw new LibraryError(code, 'disk I/O error') },
})

describe('holding the queue', () => {
  it('queues nothing again if nothing runs', async () => {
    const { program, ops } = heldProgram()
    await program.runs.hold()
    const runId = await program.runs.start(spec)
    await program.runs.hold()
    expect(ops).not.toContain('requeue')
    expect(await statusOf(program, runId)).toBe('queued')
    program.runs.release()
    expect((await program.runs.finished(runId)).status).toBe('done')
  })

  it('puts what runs at the front of the queue', async () => {
    const { program } = heldProgram()
    const [first, second] = [await program.runs.start(spec), await program.runs.start(spec)]
    await started(program)
    await program.runs.hold()
    expect((await program.runs.queue()).entries.map(({ runId }) => runId)).toEqual([first, second])
    expect(program.runs.activity()).toEqual({ running: 0, queued: 2 })
    program.runs.release()
    expect((await program.untilIdle()).map(({ status }) => status)).toEqual(['done', 'done'])
  })
})

describe('holding the queue while a run enters the next round of its sweep', () => {
  it('looks again at what it may queue', async () => {
    let refusals = 0
    const { program } = heldProgram(failing('busy', ({ op }) => op === 'requeue' && refusals++ === 0))
    const runId = await program.runs.start(spec)
    await started(program)
    await program.runs.hold()
    expect(refusals).toBe(2)
    expect(await statusOf(program, runId)).toBe('queued')
    program.runs.release()
    expect((await program.untilIdle()).map(({ status }) => status)).toEqual(['done'])
  })

  it('fails if the library cannot be used', async () => {
    const { program } = heldProgram(failing('closed', ({ op }) => op === 'requeue'))
    await program.runs.start(spec)
    await started(program)
    await expect(program.runs.hold()).rejects.toMatchObject({ code: 'closed' })
  })
})

describe('stopping queued runs', () => {
  it('stops them one by one if their ends cannot be saved together, and names the one that is to blame', async () => {
    let blamed = ''
    const { program } = heldProgram(failing('failed', (request) => request.op === 'finishRuns' && request.args[0].includes(blamed)))
    await program.runs.hold()
    const runIds = [await program.runs.start(spec), await program.runs.start(spec), await program.runs.start(spec)]
    blamed = runIds[1]!
    await program.runs.stop(...runIds)
    expect(await Promise.all(runIds.map((runId) => statusOf(program, runId)))).toEqual(['stopped', 'queued', 'stopped'])
    expect(program.notices[0]).toMatchObject({ level: 'error', runId: blamed, message: expect.stringContaining('disk I/O error') })
    expect(program.runs.active).toEqual([])
  })

  it('does not wait for a locked library, and saves their ends later', async () => {
    let isLocked = true
    const { program } = heldProgram(failing('locked', ({ op }) => isLocked && op === 'finishRuns'))
    await program.runs.hold()
    const runIds = [await program.runs.start(spec), await program.runs.start(spec)]
    await program.runs.stop(...runIds)
    expect(program.runs.active).toEqual([])
    expect(await statusOf(program, runIds[0]!)).toBe('queued')
    isLocked = false
    await vi.waitUntil(async () => (await program.library.list()).every(({ status }) => status === 'stopped'))
    expect(program.notices.map(({ level }) => level)).toEqual(['warning', 'info'])
  })
})

describe('a run of another program', () => {
  it('is paused and stopped only there, until it has ended', async () => {
    const db = memoryLibrary()
    const [first, second] = [new Program(db), new Program(db)]
    await first.runs.hold()
    const runId = await first.runs.start(spec)
    for (const act of [second.runs.pause, second.runs.stop]) {
      await expect(act(runId)).rejects.toMatchObject({
        code: 'running', message: `Run ${runId} is queued in another program. Pause or stop it there.`,
      })
    }
    expect(await statusOf(first, runId)).toBe('queued')
    first.runs.release()
    await first.untilIdle()
    await second.runs.stop(runId)
    expect(await statusOf(second, runId)).toBe('done')
  })
})

describe('saving the end of a run later', () => {
  it('says which run it is if that fails for good', async () => {
    let refusals = 0
    const { program } = heldProgram({
      before({ op }) { if (op === 'finishRuns') throw new LibraryError(refusals++ === 0 ? 'locked' : 'failed', 'disk I/O error') },
    })
    await program.runs.hold()
    const runId = await program.runs.start(spec)
    await program.runs.stop(runId)
    await vi.waitUntil(() => program.notices.some(({ level }) => level === 'error'))
    expect(program.notices.at(-1)!.message).toBe(`Could not save the end of run ${runId}. disk I/O error`)
  })
})

describe('quitting', () => {
  it('interrupts the runs of a sweep, which are not lost for it, and stops the others if it is told to', async () => {
    const { program } = heldProgram({ slots: 2 })
    const single = await program.runs.start(spec)
    await program.start({ name: '', spec: tiny, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1] }], seeds: [1] })
    await started(program, 2)
    await program.runs.close('stopped')
    const runs = await program.library.list()
    expect(runs.map(({ runId, status }) => [runId === single, status]).sort()).toEqual([[false, 'interrupted'], [true, 'stopped']])
  })

  it('leaves queued runs to the next program, though the library is locked', async () => {
    const { program } = heldProgram(failing('locked', ({ op }) => op === 'release'))
    await program.runs.hold()
    await program.runs.start(spec)
    await program.runs.close()
    expect(program.runs.active).toEqual([])
    expect((await program.library.list()).map(({ status }) => status)).toEqual(['queued'])
  })
})

describe('a run that cannot be read when its program takes it over', () => {
  it('is interrupted with the reason, and the others run', async () => {
    const db = memoryLibrary()
    const first = new Program(db)
    await first.runs.hold()
    const [damaged, other] = [await first.runs.start(spec), await first.runs.start(spec)]
    first.kill()
    const next = new Program(db, failing('damaged', (request) => request.op === 'outlines' && request.args[0].includes(damaged)))
    await next.runs.adopt()
    await next.runs.finished(other)
    const runs = new Map((await next.library.list()).map((run) => [run.runId, run]))
    expect([damaged, other].map((runId) => runs.get(runId))).toMatchObject([{ status: 'interrupted', error: { code: 'damaged' } }, { status: 'done' }])
  })

  it('does not interrupt all runs because the library is locked when the program closes', async () => {
    const db = memoryLibrary()
    const first = new Program(db)
    await first.runs.hold()
    await first.runs.start(spec)
    first.kill()
    const next = new Program(db, failing('locked', ({ op }) => op === 'outlines'))
    const adopting = next.runs.adopt()
    await vi.waitUntil(() => next.notices.length > 0)
    expect(next.notices).toMatchObject([{ level: 'warning', message: expect.stringContaining('The queue is waiting') }])
    await next.runs.close()
    await expect(adopting).rejects.toMatchObject({ code: 'locked' })
    expect((await next.library.list()).map(({ status }) => status)).toEqual(['queued'])
  })
})

describe('fault 59: a program that may have less memory than the one before', () => {
  const large = specSchema.parse({ ...tiny, network: { recurrentNeurons: 60 } })

  it('does not resume a run that does not fit, and leaves it as it was', async () => {
    const { program } = heldProgram()
    const runId = await program.runs.start(spec)
    await started(program)
    await program.runs.pause(runId)
    room.bytes = memoryEstimate(spec) - 1
    await expect(program.runs.resume(runId)).rejects.toThrow(/the run needs .* left for runs by the limit of a test/)
    expect(await statusOf(program, runId)).toBe('paused')
    room.bytes = memoryEstimate(spec)
    await program.runs.resume(runId)
    expect((await program.runs.finished(runId)).status).toBe('done')
  })

  it('takes over the queued runs that fit, and interrupts the others with the reason', async () => {
    const db = memoryLibrary()
    const first = new Program(db)
    await first.runs.hold()
    const [small, tooLarge, other] = [await first.runs.start(spec), await first.runs.start(large), await first.runs.start(spec)]
    first.kill()
    room.bytes = memoryEstimate(large) - 1
    const next = new Program(db, { slots: 1 })
    await next.runs.adopt()
    await next.untilIdle()
    expect(await next.library.outlines([small, tooLarge, other])).toMatchObject([
      { summary: { status: 'done' } },
      { summary: { status: 'interrupted', error: { code: 'no-room', message: expect.stringContaining('the limit of a test') } } },
      { summary: { status: 'done' } },
    ])
  })
})

it('only synapses of the network can be watched', async () => {
  const { program } = heldProgram()
  const runId = await program.runs.start(spec)
  await started(program)
  const inside = [
    { layer: 'input', neuron: 5, presynaptic: 4 }, { layer: 'recurrent', neuron: 0, presynaptic: 5 },
  ] as const
  const outside = [
    { layer: 'input', neuron: 6, presynaptic: 0 }, { layer: 'input', neuron: 0, presynaptic: 5 },
    { layer: 'recurrent', neuron: 6, presynaptic: 0 }, { layer: 'recurrent', neuron: 0, presynaptic: 6 },
  ] as const
  for (const synapse of [...inside, ...outside]) program.runs.observe(runId, synapse)
  expect(watched).toEqual(inside)
  await program.runs.stop(runId)
})
