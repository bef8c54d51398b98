import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { checkSignal, type SignalExperiment } from '../../../src-main/app/signal-check.ts'
import { previewSignal } from '../../../src-main/app/signal-preview.ts'
import { inWindowWords } from '../../../src-main/app/signal-words.ts'
import { signalChoiceSchema, signalPreviewSchema } from '../../../src-main/contract/signal.ts'
import { temporaryFolder } from '../transfer/support.ts'

const german = 'Gerät: ZP-12\n\nZeit;Kraft;Weg\ns;kN;µm\n0,0;1,5;7\n0,1;;9\n0,2;3,5;8\n0,3;4,5;6\n'

function fileOf(content: string | Uint8Array): string {
  const file = join(temporaryFolder(), 'signal.csv')
  writeFileSync(file, typeof content === 'string' ? Buffer.from(content, 'latin1') : content)
  return file
}

const preview = (content: string | Uint8Array, choice: object = {}, part: 'head' | 'whole' = 'whole') =>
  previewSignal(fileOf(content), signalChoiceSchema.parse(choice), part)

describe('the preview of a signal file', () => {
  test('has the guess, the columns and what would be used, and fits its schema', async () => {
    const read = await preview(german, { gaps: 'interpolate' })
    expect(signalPreviewSchema.parse(read)).toEqual(read)
    expect(read).toMatchObject({
      isWhole: true, isText: true, confidence: 'certain', chosen: ['Kraft'], time: 'Zeit', samples: 4, problems: [],
      layout: { encoding: 'windows-1252', delimiter: 'semicolon', decimal: 'comma', header: 3, units: 4, from: 5, to: 0 },
    })
    expect(read.columns).toMatchObject([
      { name: 'Zeit', unit: 's', role: 'time' }, { name: 'Kraft', unit: 'kN', gaps: 1, firstGap: 6 }, { name: 'Weg', unit: 'µm', length: 4 },
    ])
  })

  test('never takes the time column by itself, also one that the user names', async () => {
    expect(await preview(german, { time: 'Kraft', gaps: 'drop' })).toMatchObject({ chosen: ['Weg'], time: 'Kraft' })
    expect(await preview(german, { time: '', gaps: 'drop' })).toMatchObject({ chosen: ['Kraft'], time: '' })
    expect(await preview(german, { column: 'Zeit' })).toMatchObject({ chosen: ['Zeit'], problems: [] })
  })

  test('says why the signal cannot be used, with titles in place of settings', async () => {
    expect(await preview(german)).toMatchObject({ samples: 0, problems: [{ rule: 'has 1 gap, the first in row 6. Set gaps to interpolate or to drop' }] })
    const torn = await preview('1,5\n2,5\n3,5\n')
    expect(torn.problems[0]!.rule).toContain('with delimiter comma and decimal sign point')
    expect(torn.rows).toHaveLength(3)
  })

  test('of a long file first reads its beginning only', async () => {
    const long = `t;x\n${Array.from({ length: 60_000 }, (_, row) => `${row},5;${row % 7},25\n`).join('')}`
    const head = await preview(long, {}, 'head')
    expect(head).toMatchObject({ isWhole: false, bytes: long.length, chosen: ['x'] })
    expect(head.samples).toBeLessThan(60_000)
    expect(await preview(long)).toMatchObject({ isWhole: true, samples: 60_000, layout: head.layout })
  })

  test('cuts what a file could send without bound', async () => {
    const name = 'n'.repeat(100_000)
    const read = await preview(`${name},${'\u0007x'.repeat(9)}\n1,2\n3,4\n`)
    expect(JSON.stringify(read).length).toBeLessThan(5000)
    expect(read.columns[0]!.problem).toBe('Column must have a name of at most 256 characters. Found 100000 characters.')
  })
})

describe('the check before a start', () => {
  const specOf = (task: object) => specSchema.parse({ task: { kind: 'signal', file: 'signal.csv', ...task } }) as SignalExperiment
  const check = (content: string, task: object = {}) => checkSignal(fileOf(content), specOf(task))
  const ramp = `t (s);F (N)\n${Array.from({ length: 40 }, (_, row) => `${row / 10};${row}\n`).join('')}`

  test('draws the samples with units, and the targets of all patterns', async () => {
    const { problems, drawing, notes, extra } = await check(ramp, { patterns: 2, steps: 21 })
    expect(problems).toEqual([])
    expect(drawing).toMatchObject({ count: 40, axis: { name: 't (s)', start: 0 }, filledCount: 0 })
    expect(drawing!.axis.step).toBeCloseTo(0.1)
    expect(drawing!.columns[0]).toMatchObject({ name: 'F (N)', unit: 'N' })
    expect(drawing!.targets.map(({ length, ...target }) => [length, target[0]]))
      .toEqual([[21, -1], [21, expect.closeTo(0.5 / 19.5)]])
    expect(notes[0]).toBe(`Signal: column 'F (N)' of signal.csv, 40 samples.`)
    expect(extra.disk).toBeGreaterThan(80)
  })

  test('marks the samples that were interpolated, and counts samples where rows are left out', async () => {
    const filled = await check(german, { gaps: 'interpolate' })
    expect(filled.drawing).toMatchObject({ count: 4, axis: { name: 'Zeit (s)' }, filledCount: 1, filled: Float64Array.of(1) })
    expect([...filled.drawing!.columns[0]!.values]).toEqual([1.5, 2.5, 3.5, 4.5])
    const dropped = await check(german, { gaps: 'drop' })
    expect(dropped.drawing).toMatchObject({ count: 3, axis: { name: 'Sample', start: 1, step: 1 }, filledCount: 0 })
  })

  test.each([
    ['a gap', german, {}, { path: 'task.gaps' }],
    ['too many patterns', ramp, { patterns: 30 }, { path: 'task.patterns' }],
    ['a fill value', 'x\n1\n1.79e308\n3\n', {}, { path: 'task.file', rule: expect.stringContaining('marks a missing value') }],
    ['an unknown column', ramp, { column: 'G' }, { path: 'task.column' }],
  ])('refuses %s beside its field', async (_, content, task, problem) => {
    expect(await check(content, task)).toMatchObject({ problems: [problem], drawing: null })
  })

  test('warns of a constant signal', async () => {
    const { problems, warnings } = await check(`x\n${'14.62\n'.repeat(200)}`)
    expect(problems).toEqual([])
    expect(warnings).toContainEqual({ path: 'task.samples', message: 'The signal has the same value everywhere, 14.62: its target is 0.' })
  })
})

test('sentences of the window have titles in place of settings', () => {
  expect(inWindowWords('read the rows before it with layout.to=3')).toBe('read the rows before it with last row 3')
  expect(inWindowWords('If its rows are the columns, set layout.transpose=true')).toBe('If its rows are the columns, set transposed on')
  expect(inWindowWords('with layout.encoding=utf-8')).toBe('with encoding UTF-8')
  expect(inWindowWords(`may be signals: 'b'. Choose with task.column.`)).toBe(`may be signals: 'b'.`)
})
