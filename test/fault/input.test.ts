import fc from 'fast-check'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, it, test, vi } from 'vitest'
import { diskEstimate, memoryEstimate } from '../../src-engine/experiment/estimate.ts'
import { checkSpec, MEMORY_BUDGET, parseSpec } from '../../src-engine/experiment/parse.ts'
import { createDispatcher, type Handlers } from '../../src-main/desktop/dispatcher.ts'
import { refuseOverBudget } from '../../src-main/runs/budget.ts'
import { safeFileName } from '../../src-main/transfer/safe-name.ts'
import { calls } from '../../src-main/contract/contract.ts'
import { epoch, run, runsToCsv, runsToJson } from '../unit/transfer/support.ts'

vi.setConfig({ testTimeout: 90_000 })

const problemsOf = (document: unknown) => {
  const parsed = checkSpec(document)
  return parsed.ok ? [] : parsed.problems
}

describe('fault 7: a spec over budget is refused before it starts, with the estimate', () => {
  it('of the memory it needs', () => {
    const { rule, found } = problemsOf({ network: { recurrentNeurons: 4096 }, scheme: { kind: 'multi-memristor', pairs: 64 } })[0]!
    expect(rule).toMatch(/the run needs \d+\.\d GB of memory, and the limit is 4\.3 GB/)
    expect(found).toBe('4096')
  })

  const spec = parseSpec({ scheme: { kind: 'mixed-precision' }, training: { epochs: 1000 }, recording: { snapshotEvery: 1 } }, 'test')
  const needed = diskEstimate(spec)
  const usage = { fileBytes: 1e9, freeBytes: 1e8, diskBytes: 1e12, runs: { library: 1, archive: 0, trash: 0 }, statuses: {} }

  it('of the library space it needs, including queued runs', () => {
    const exactly = { budget: 9e8 + needed }
    expect(() => refuseOverBudget([spec], [], usage, exactly)).not.toThrow()
    const less = { budget: exactly.budget - 1 }
    expect(() => refuseOverBudget([spec], [], usage, less)).toThrow(/needs about \d+\.\d MB, but only .* size limit/)
    expect(() => refuseOverBudget([spec], [spec], usage, exactly)).toThrow('size limit')
    expect(() => refuseOverBudget([spec], [spec], usage, { budget: 9e8 + 2 * needed })).not.toThrow()
  })

  it('of the disk space it needs', () => {
    expect(() => refuseOverBudget([spec], [], { ...usage, diskBytes: needed }, { budget: 1e12 })).not.toThrow()
    expect(() => refuseOverBudget([spec], [], { ...usage, diskBytes: needed / 2 }, { budget: 1e12 })).toThrow('of disk space is left')
    expect(() => refuseOverBudget([spec], [], { ...usage, diskBytes: null }, { budget: 1e12 })).not.toThrow()
  })
})

describe('fault 32: invalid, huge or negative numbers in a spec', () => {
  const numbers = Object.entries({
    'seed': 1, 'task.patterns': 1, 'task.steps': 1, 'task.inputChannels': 1, 'task.dt': 1, 'network.recurrentNeurons': 1,
    'network.threshold': 1, 'learning.rateInput': 1, 'device.scale': 1, 'training.epochs': 1, 'recording.snapshotEvery': 1,
    'recording.checkpointEvery': 1,
  }).map(([path]) => path)
  const documentWith = (path: string, value: unknown) => path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object
  const bad = fc.oneof(
    fc.constantFrom(NaN, Infinity, -Infinity, JSON.parse('1e999') as number, Number.MAX_VALUE, -1, -1e9, 2 ** 53, '12', null, [], {}, true),
    fc.double({ min: 1e16 }), fc.double({ max: -1e-3 }),
  )

  it('give an error that names the path, and nothing is allocated', () => {
    const before = process.memoryUsage().arrayBuffers
    fc.assert(fc.property(fc.constantFrom(...numbers), bad, (path, value) => {
      const kind = path.startsWith('task.') ? { task: { kind: 'sinusoids', ...(documentWith(path, value) as { task: object }).task } } : documentWith(path, value)
      const problems = problemsOf(kind)
      expect(problems.map((problem) => problem.path)).toContainEqual(expect.stringContaining(path.split('.').at(-1)!))
    }), { numRuns: 400 })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6)
  })

  it('a valid spec is always within the memory budget', () => {
    const size = fc.record({
      recurrentNeurons: fc.integer({ min: 1, max: 4096 }),
      steps: fc.integer({ min: 1, max: 100_000 }),
      inputChannels: fc.integer({ min: 1, max: 4096 }),
    })
    fc.assert(fc.property(size, ({ recurrentNeurons, steps, inputChannels }) => {
      const parsed = checkSpec({ task: { kind: 'sinusoids', steps, inputChannels }, network: { recurrentNeurons }, scheme: { kind: 'multi-memristor', pairs: 64 } })
      if (parsed.ok) expect(memoryEstimate(parsed.spec)).toBeLessThanOrEqual(MEMORY_BUDGET)
    }))
  })
})

test('fault 33: NaN, infinities and −0 in results survive an export and never become null', async () => {
  const metrics = epoch({ loss: NaN, meanRateHz: Infinity, saturated: -0, patternLosses: [-Infinity, NaN, -0] })
  const json = await runsToJson([run({ loss: NaN, lossLast20: -Infinity }, [metrics])])
  const { summary, epochs: [kept] } = (JSON.parse(json) as { runs: { summary: object; epochs: object[] }[] }).runs[0]!
  expect(summary).toMatchObject({ loss: 'NaN', lossLast20: '-Infinity' })
  expect(kept).toMatchObject({ loss: 'NaN', meanRateHz: 'Infinity', saturated: '-0', patternLosses: ['-Infinity', 'NaN', '-0'] })
  const csv = await runsToCsv([run({ loss: NaN, lossLast20: -Infinity, meanRateHz: -0 })])
  const row = Papa.parse<Record<string, string>>(csv, { header: true }).data[0]!
  expect(Object.values(row)).toEqual(expect.arrayContaining(['NaN', '-Infinity', '-0']))
})

describe('fault 34: names that reach the prototype, and very deep documents', () => {
  it.for(['__proto__', 'constructor', 'prototype'])('%s is refused, and the prototype stays clean', (name) => {
    const document = JSON.parse(`{"${name}": {"polluted": 1}, "training": {"${name}": {"polluted": 1}}}`) as object
    expect(problemsOf(document).map(({ path }) => path)).toEqual(expect.arrayContaining([`training.${name}`]))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('20,000 levels are refused', () => {
    const deep = JSON.parse('{"task":'.repeat(20_000) + '1' + '}'.repeat(20_000)) as object
    expect(problemsOf(deep).length).toBeGreaterThan(0)
    expect(problemsOf({ task: { kind: 'sinusoids', frequencies: deep } }).length).toBeGreaterThan(0)
  })
})

describe('fault 36: names for exports', () => {
  it.for(['../x', '..\\x', '/etc/passwd', 'C:\\x', 'CON', 'con.csv', 'LPT1', 'a'.repeat(300), 'a\u202Egpj.exe', 'a\0b', '', '...', '. ', 'x\n.csv', '😀'.repeat(200)])(
    '%j becomes a safe name inside the folder', (name) => {
      const safe = safeFileName(name)
      expect(join('/folder', safe)).toBe(`/folder/${safe}`)
      expect(safe).toMatch(/^[^/\\:*?"<>|\p{Cc}\p{Cf}]+$/u)
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      expect(safe).not.toMatch(/^[.\s]|[.\s]$/)
    })

  it('any text becomes a safe name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const safe = safeFileName(text)
      expect(safe.length).toBeGreaterThan(0)
      expect(join('/folder', safe)).toBe(`/folder/${safe}`)
    }))
  })
})

describe('fault 37: spreadsheet formulas in CSV', () => {
  it.for(['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '=cmd|\' /C calc\'!A0'])('%j stays text in a spreadsheet', async (name) => {
    const row = Papa.parse<Record<string, string>>(await runsToCsv([run({ name })]), { header: true }).data[0]!
    expect(Object.values(row).some((cell) => /^[=+@\t\r]|^-\D/.test(cell))).toBe(false)
    expect(Object.values(row).some((cell) => cell.includes(name.trim()))).toBe(true)
  })

  it('numbers keep every bit, including negative ones', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 }), async (losses) => {
      const rows = Papa.parse<Record<string, string>>(await runsToCsv(losses.map((loss) => run({ loss }))), { header: true }).data
      for (const [index, loss] of losses.entries()) {
        expect(Object.values(rows[index]!).some((cell) => cell !== '' && Object.is(Number(cell), loss))).toBe(true)
      }
    }), { numRuns: 10 })
  })
})

describe('fault 38: calls from a window', () => {
  const reached: string[] = []
  const entries = Object.keys(calls).map((name) => [name, async () => { reached.push(name) }])
  const handlers = Object.fromEntries(entries) as unknown as Handlers
  const dispatch = createDispatcher(handlers, { onAnswer: () => {}, onError: () => {} })

  it('an unknown name is refused with a code, without effect', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string(), fc.anything()), async (name) => {
      fc.pre(typeof name !== 'string' || !Object.hasOwn(calls, name))
      expect(await dispatch(name, {})).toMatchObject({ ok: false, code: 'unknown-call' })
    }))
    expect(reached).toEqual([])
  })

  it('a name that is no text is refused, whatever it is', async () => {
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const throwing = { toString() { throw new Error('no') }, toJSON() { throw new Error('no') } }
    for (const name of [1n, cyclic, Symbol('x'), throwing, Object.create(null), undefined, NaN]) {
      expect(await dispatch(name, {})).toMatchObject({ ok: false, code: 'unknown-call' })
    }
  })

  it('an invalid payload is refused with a code, without effect', async () => {
    const names = Object.keys(calls)
    await fc.assert(fc.asyncProperty(fc.constantFrom(...names), fc.anything(), async (name, payload) => {
      fc.pre(!calls[name as keyof typeof calls].input.safeParse(payload).success)
      expect(await dispatch(name, payload)).toMatchObject({ ok: false, code: 'bad-input' })
    }), { numRuns: 300 })
    expect(reached).toEqual([])
  })
})

