import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomes, reasons } from '../../../../src-engine/statistics/comparison.ts'
import { BadInput } from '../../../../src-main/contract/problem.ts'
import type { EpochMetrics } from '../../../../src-main/contract/run.ts'
import { type ArchivedArray, type ArchivedRun, inspectArchive, readArchive, writeArchive } from '../../../../src-main/transfer/archive/archive.ts'
import { entriesOf, manifestEntry, manifestOf } from './raw-archive.ts'
import { rawZip } from './raw-zip.ts'
import { array, epoch, memoryLibrary, readAll, run, temporaryFile, temporaryFolder, type ReadableRun } from './support.ts'

const target = () => join(temporaryFolder(), 'some.chalcogen-runs.zip')

async function roundTrip(runs: ArchivedRun[]): Promise<ArchivedRun[]> {
  const file = target()
  await writeArchive(memoryLibrary(runs), runs.map(({ summary }) => summary.runId), file)
  return readAll(file)
}

describe('an archived run', () => {
  const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true })
  const real = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0))
  const count = fc.nat({ max: 2 ** 40 })
  const ledger = record({ set: count, reset: count, refresh: count, read: count })
  const hostile = ['NaN', '-0', 'Infinity', '__proto__', '\u202etxt', '\ud800']
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom(...hostile))
  const label = text.filter(({ length }) => length > 0 && length <= 40)
  const gap = fc.integer({ min: 1, max: 9 })
  const epochs = fc.array(record({
    loss: real, patternLosses: fc.array(real, { maxLength: 3 }), metrics: fc.constant({ accuracy: 0.5 }),
    meanRateHz: real, silent: fc.option(real),
    zeroSurrogate: fc.option(real), alwaysFiring: fc.option(real), ledger,
    saturated: real, gap,
  }), { maxLength: 6 }).map((list) => {
    let last = 0
    return list.map(({ gap, ...metrics }) => ({ epoch: last += gap, ...metrics }))
  })
  const data = fc.oneof(
    fc.array(fc.float(), { maxLength: 40 }).map((values) => Float32Array.from(values)),
    fc.uint16Array({ maxLength: 40 }).map((values) => Uint16Array.from(values)),
    fc.uint32Array({ maxLength: 40 }).map((values) => Uint32Array.from(values)),
  )
  const arrays = fc.uniqueArray(record({ epoch: fc.nat(250), kind: label, name: label, data }), {
    maxLength: 6, selector: ({ epoch, kind, name }) => JSON.stringify([epoch, kind, name]),
  }).map((list) => list.map((one): ArchivedArray => ({ ...one, shape: [1, one.data.length] })))
  const summary = record({
    name: text, loss: fc.option(real), lossLast20: fc.option(real), meanRateHz: fc.option(real),
    outcome: fc.option(fc.constantFrom(...outcomes)), reasons: fc.subarray([...reasons]),
    secondsComputed: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    secondsPerSequence: fc.option(real), ledger, error: fc.option(record({ code: text, message: text })), digest: fc.option(text),
  })
  /** The list shows the numbers of the last epoch. */
  const ofLast = ([last]: Pick<EpochMetrics, 'epoch' | 'loss' | 'ledger'>[]) =>
    (last ? { epochsDone: last.epoch, loss: last.loss, ledger: last.ledger } : {})
  const runOf = fc.tuple(summary, epochs, arrays)
    .map(([about, epochs, arrays]) => [{ ...about, ...ofLast(epochs.slice(-1)) }, epochs, arrays] as const)

  it('is read back exactly', async () => {
    await fc.assert(fc.asyncProperty(fc.array(runOf, { maxLength: 3 }), async (some) => {
      const runs = some.map(([about, epochs, arrays], index) => run({ runId: `0run0000${index}`, ...about }, { epochs, arrays }))
      expect(await roundTrip(runs)).toStrictEqual(runs)
    }), { numRuns: 60 })
  })

  it('keeps the bits of every NaN, and spec numbers that JSON cannot represent', async () => {
    const odd = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc00002, 0x80000000, 1).buffer)
    const { spec } = run()
    const learning = { ...spec.learning, rateInput: -0 }
    const kept = (await roundTrip([run({}, { arrays: [array({ shape: [4], data: odd })], spec: { ...spec, learning } })]))[0]!
    expect(new Uint32Array(kept.arrays[0]!.data.buffer)).toEqual(Uint32Array.of(0x7fc00001, 0xffc00002, 0x80000000, 1))
    expect((kept as ReadableRun).spec.learning.rateInput).toBe(-0)
  })

  it('contains only its part of a larger buffer', async () => {
    const whole = Uint16Array.from({ length: 200_000 }, (_, index) => index)
    const one = run({}, { arrays: [array({ shape: [150_000], data: whole.subarray(7, 150_007) })] })
    const kept = (await roundTrip([one]))[0]!
    expect(kept.arrays[0]!.data).toEqual(whole.slice(7, 150_007))
  })

  it('has no checkpoint', async () => {
    const kept = (await roundTrip([run({ checkpoint: 30, status: 'stopped' })]))[0]!
    expect(kept.summary.checkpoint).toBeNull()
  })

  it('is written once if listed twice; an empty list gives an empty archive', async () => {
    const file = target()
    await writeArchive(memoryLibrary([run()]), ['0run00001', '0run00001'], file)
    expect(await inspectArchive(file)).toEqual({ runs: 1 })
    await writeArchive(memoryLibrary([]), [], file)
    expect(await inspectArchive(file)).toEqual({ runs: 0 })
    expect(await readAll(file)).toEqual([])
  })

  it('always gives the same bytes', async () => {
    const [first, second] = [target(), target()]
    for (const file of [first, second]) await writeArchive(memoryLibrary([run()]), ['0run00001'], file)
    expect(readFileSync(first)).toEqual(readFileSync(second))
  })

  it('follows the manifest, in entries with our own names', async () => {
    const file = target()
    await writeArchive(memoryLibrary([run({ name: '../../etc' })]), ['0run00001'], file)
    const names = [...readFileSync(file).toString('latin1').matchAll(/PK\x01\x02.{42}([ -~]+?)(?=PK)/gs)].map(([, name]) => name)
    expect(names).toEqual(['manifest.json', 'runs/0run00001/run.json', 'runs/0run00001/arrays/0.bin'])
  })
})

describe('writing', () => {
  it('reports the number of written runs after each run', async () => {
    const runs = ['0run0000a', '0run0000b', '0run0000c'].map((runId) => run({ runId }))
    const done: number[] = []
    await writeArchive(memoryLibrary(runs), runs.map(({ summary }) => summary.runId), target(), (count) => done.push(count))
    expect(done).toEqual([1, 2, 3])
  })

  it('reads each array only after the previous one is written', async () => {
    const size = 2 ** 20
    const arrays = ['a', 'b', 'c'].map((name) => array({ name, shape: [size / 4], data: new Uint32Array(randomBytes(size).buffer) }))
    const library = memoryLibrary([run({}, { arrays })])
    const folder = temporaryFolder()
    const written: number[] = []
    await writeArchive({
      ...library,
      array: async (...which) => {
        const draft = readdirSync(folder)[0]!
        written.push(statSync(join(folder, draft)).size)
        return library.array(...which)
      },
    }, ['0run00001'], join(folder, 'a.zip'))
    const unwritten = written.map((bytes, index) => index * size - bytes)
    expect(written).toHaveLength(3)
    expect(Math.max(...unwritten)).toBeLessThan(size / 4)
  })
})

describe.runIf(process.platform === 'linux')('reading closes the file', () => {
  const open = () => readdirSync('/proc/self/fd').length

  it('when the loop is left', async () => {
    const runs = ['0run0000a', '0run0000b'].map((runId) => run({ runId }))
    const file = target()
    await writeArchive(memoryLibrary(runs), runs.map(({ summary }) => summary.runId), file)
    const before = open()
    for await (const one of readArchive(file)) {
      expect(one.summary.runId).toBe('0run0000a')
      break
    }
    expect(open()).toBe(before)
  })

  it('after an inspection, and after any error', async () => {
    const [document, data] = entriesOf(run())
    const whole = [manifestEntry(manifestOf([document!, data!])), document!, data!]
    const before = open()
    await inspectArchive(temporaryFile(rawZip(whole)))
    const damaged = [whole[0]!, document!, { ...data!, content: Buffer.alloc(16) }]
    for (const entries of [[{ ...data!, name: '../evil' }], [], [manifestEntry('')], damaged]) {
      await expect(readAll(temporaryFile(rawZip(entries)))).rejects.toThrow(BadInput)
    }
    expect(open()).toBe(before)
  })
})

describe('a write that fails', () => {
  async function failing(library: Parameters<typeof writeArchive>[0], message: string | RegExp) {
    const folder = temporaryFolder()
    const file = join(folder, 'some.chalcogen-runs.zip')
    writeFileSync(file, 'before')
    await expect(writeArchive(library, ['0run0000a', '0run0000b'], file)).rejects.toThrow(message)
    await expect.poll(() => readdirSync(folder)).toEqual(['some.chalcogen-runs.zip'])
    expect(readFileSync(file, 'utf8')).toBe('before')
  }

  const runs = ['0run0000a', '0run0000b'].map((runId) => run({ runId }))
  const library = memoryLibrary(runs)

  it('for a missing run leaves the old file', () => failing(memoryLibrary(runs.slice(0, 1)), 'no run 0run0000b'))

  it('at a run in the middle leaves the old file', async () => {
    let asked = 0
    await failing({
      ...library,
      overview: async (runId) => {
        if (++asked > 3) throw new Error('the library is gone')
        return library.overview(runId)
      },
    }, 'the library is gone')
  })

  it('at an array in the middle leaves the old file', () => failing({
    ...library,
    array: async (runId, ...which) => {
      if (runId === '0run0000b') throw new Error('damaged')
      return library.array(runId, ...which)
    },
  }, 'damaged'))

  it('because a run continues meanwhile leaves the old file', async () => {
    let asked = 0
    await failing({
      ...library,
      async* epochs(runId) {
        yield* library.epochs(runId)
        if (++asked > 2) yield [epoch({ epoch: 2 })]
      },
    }, /Run 0run0000a changed during the export/)
  })

  it('because an array changed leaves the old file', () => failing({
    ...library,
    array: async (...which) => ({ ...await library.array(...which), data: Float32Array.of(1, 2, 3, 4) }),
  }, 'changed during the export'))

  it('because the progress callback throws leaves no file', async () => {
    const folder = temporaryFolder()
    const watch = () => { throw new Error('no longer wanted') }
    await expect(writeArchive(library, ['0run0000a', '0run0000b'], join(folder, 'a.zip'), watch)).rejects.toThrow('no longer wanted')
    expect(readdirSync(folder)).toEqual([])
  })

  it('because its folder is missing reports it', async () => {
    await expect(writeArchive(library, ['0run0000a'], join(temporaryFolder(), 'none', 'a.zip'))).rejects.toThrow('ENOENT')
  })
})
