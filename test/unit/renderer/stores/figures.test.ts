import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type FigureDocument, figureDocumentSchema } from '../../../../src-engine/charts/figure-document.ts'
import type { DrawnFigure, KeptFigure } from '../../../../src-renderer/bridge/bridge.ts'
import { freeName, moved, withPart } from '../../../../src-renderer/stores/figure-draft.ts'
import { DRAW_DELAY } from '../../../../src-renderer/stores/figure-page.ts'
import { useFigures } from '../../../../src-renderer/stores/figures.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

const panel = { chart: 'output' as const, runs: [{ run: 'run00001' }] }
const document = (name: string) => figureDocumentSchema.parse({ version: 1, name, panels: [panel] })

const drawnOf = ({ panels, style }: FigureDocument): DrawnFigure => ({
  page: { width: style.width, height: 50, shapes: [] },
  panels: panels.map(({ chart }) => ({
    title: chart, x: { name: 'Time (ms)', scale: 'linear' }, y: null,
    series: [{ name: 'Output', colour: '#0072b2', dash: 'solid', marker: null }, { name: 'Target', colour: '#000000', dash: null, marker: 'circle' }],
  })),
  warnings: [],
})

let kept: KeptFigure[]
/** Calls of figures.draw that wait for their answer. */
let asked: { document: FigureDocument, answer: (figure: DrawnFigure) => void, refuse: (error: Error) => void }[]
/** The answer to the question before a deletion. */
let agrees = true
let bridge: ReturnType<typeof fakeBridge>

function reopened() {
  setActivePinia(createPinia())
  return useFigures()
}

/** Let the delay before a drawing pass. */
const wait = () => vi.advanceTimersByTimeAsync(DRAW_DELAY)
const answerAll = async () => {
  for (let one = asked.shift(); one; one = asked.shift()) {
    one.answer(drawnOf(one.document))
    await vi.advanceTimersByTimeAsync(0)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  kept = []
  asked = []
  agrees = true
  vi.stubGlobal('localStorage', fakeStorage())
  bridge = fakeBridge({
    'runs.summaries': () => [],
    'figures.list': () => ({ figures: kept }),
    'figures.save': ({ document, replaces }: { document: FigureDocument; replaces: string | null }) => {
      if (!agrees) return { saved: false }
      const others = kept.filter(({ name }) => name !== document.name && name !== replaces)
      kept = [{ name: document.name, changedAt: '2026-11-30T12:00:00.000Z', document, problem: null }, ...others]
      return { saved: true }
    },
    'figures.delete': ({ name }: { name: string }) => {
      if (agrees) kept = kept.filter((figure) => figure.name !== name)
      return { deleted: agrees }
    },
    'figures.draw': ({ document }: { document: FigureDocument }) =>
      new Promise((resolve, reject) => asked.push({ document, answer: resolve, refuse: reject })),
  })
  const { call } = bridge.bridge
  bridge.bridge.call = async (name, input) => {
    const answer = await call(name, input)
    return answer.ok && 'value' in answer ? { ok: true, value: await answer.value } : answer
  }
  vi.stubGlobal('window', { chalcogen: bridge.bridge })
})

describe('the draft', () => {
  test('starts with a chart as its only panel, under a free name', async () => {
    kept = [{ name: 'loss', changedAt: '', document: document('loss'), problem: null }]
    const figures = reopened()
    await figures.connect()
    figures.start({ panel, name: 'Loss' })
    expect(figures.document).toMatchObject({ name: 'Loss 2', panels: [{ chart: 'output', aspect: 0.6 }] })
    expect(figures.isChanged).toBe(true)
  })

  test('is drawn after a delay, once for a burst of changes', async () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    figures.type('style.width', 90)
    figures.type('style.width', 91)
    await wait()
    expect(asked.map(({ document }) => document.style.width)).toEqual([91])
    await answerAll()
    expect(figures.page?.svg).toContain('<svg')
  })

  test('keeps its page while values are invalid, and does not send them', async () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    await wait()
    await answerAll()
    figures.type('style.width', 'wide')
    await wait()
    expect(asked).toEqual([])
    expect(figures.problems).toMatchObject([{ path: 'style.width' }])
    expect(figures.whyNotSaved).toBe('Fix the marked fields first.')
    expect(figures.page).not.toBeNull()
  })

  test('is drawn again if it changed meanwhile', async () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    await wait()
    figures.type('style.width', 200)
    await wait()
    expect(asked).toHaveLength(1)
    asked.shift()!.answer(drawnOf(document('')))
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.map(({ document }) => document.style.width)).toEqual([200])
  })

  test('ignores the page of a figure that was replaced', async () => {
    const figures = reopened()
    figures.start({ panel, name: 'First' })
    await wait()
    figures.start({ panel, name: 'Second' })
    asked.shift()!.answer(drawnOf(document('')))
    await vi.advanceTimersByTimeAsync(0)
    expect(figures.page).toBeNull()
    expect(asked.map(({ document }) => document.name)).toEqual(['Second'])
  })

  test('says why it could not be drawn, and keeps the page', async () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    await wait()
    await answerAll()
    figures.type('style.width', 90)
    await wait()
    asked.shift()!.refuse(new Error('the library is locked'))
    await vi.advanceTimersByTimeAsync(0)
    expect(figures.failure).toBe('the library is locked')
    expect(figures.page).not.toBeNull()
  })

  test('survives a restart with its last valid values', () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    figures.type('style.width', 90)
    figures.type('style.width', 'x')
    expect(reopened().document).toMatchObject({ name: 'Loss', style: { width: 90 } })
  })

  test('takes keystrokes in one field as one undo step', () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    figures.type('style.width', 9)
    figures.type('style.width', 90)
    figures.undo()
    expect(figures.document?.style.width).toBe(120)
    figures.redo()
    expect(figures.document?.style.width).toBe(90)
  })

  test('adds, moves and removes panels', () => {
    const figures = reopened()
    figures.start({ panel, name: 'Loss' })
    figures.addPanel({ ...panel, chart: 'rates' })
    expect(figures.panelIndex).toBe(1)
    figures.movePanel(1, -1)
    expect(figures.document?.panels.map(({ chart }) => chart)).toEqual(['rates', 'output'])
    expect(figures.panelIndex).toBe(0)
    figures.removePanel(0)
    expect(figures.document?.panels.map(({ chart }) => chart)).toEqual(['output'])
  })

  test('lists the series as they are drawn, and keeps what it says about others', async () => {
    const figures = reopened()
    figures.start({ panel: { ...panel, series: [{ series: 'Gone', isHidden: true }] }, name: 'Loss' })
    expect(figures.seriesRows).toEqual([])
    await wait()
    await answerAll()
    expect(figures.seriesRows.map(({ series, dash, marker, isLine }) => [series, dash, marker, isLine]))
      .toEqual([['Output', 'solid', 'none', true], ['Target', null, 'circle', false]])
    figures.put('style.markers', 'series')
    expect(figures.seriesRows.map(({ marker }) => marker)).toEqual(['circle', 'square'])
    figures.put('style.markers', 'chart')
    figures.putSeries(moved(figures.seriesRows, 1, -1))
    expect(figures.document?.panels[0]!.series.map(({ series }) => series)).toEqual(['Target', 'Output', 'Gone'])
    figures.put('style.palette', 'okabe-ito')
    expect(figures.seriesRows.map(({ series, colour }) => [series, colour])).toEqual([['Target', '#000000'], ['Output', '#e69f00']])
  })
})

describe('kept figures', () => {
  test('are saved with the runs as they are now', async () => {
    const figures = reopened()
    await figures.connect()
    useRuns().byId.set('run00001', summaryOf({ digest: 'abc' }))
    figures.start({ panel, name: ' Loss ' })
    await figures.save()
    expect(kept.map(({ name }) => name)).toEqual(['Loss'])
    expect(kept[0]!.document?.panels[0]!.runs).toEqual([{ run: 'run00001', digest: 'abc' }])
    expect(figures.isChanged).toBe(false)
    figures.put('style.columns', 2)
    expect(figures.isChanged).toBe(true)
    figures.put('style.columns', 1)
    expect(figures.isChanged).toBe(false)
  })

  test('are renamed, never replaced by another', async () => {
    kept = [{ name: 'Other', changedAt: '', document: document('Other'), problem: null }]
    const figures = reopened()
    await figures.connect()
    figures.start({ panel, name: 'Loss' })
    await figures.save()
    figures.put('name', 'other')
    expect(figures.whyNotSaved).toBe('Another figure has this name.')
    figures.put('name', '')
    expect(figures.whyNotSaved).toBe('Enter a name.')
    figures.put('name', 'Loss of all')
    await figures.save()
    expect(kept.map(({ name }) => name)).toEqual(['Loss of all', 'Other'])
  })

  test('are restored after a deletion, with unsaved changes', async () => {
    const figures = reopened()
    await figures.connect()
    figures.start({ panel, name: 'Loss' })
    await figures.save()
    figures.put('style.columns', 3)
    const restore = await figures.remove(figures.kept[0]!)
    expect(figures.document).toBeNull()
    expect(figures.kept).toEqual([])
    await restore!()
    expect(figures.kept.map(({ name }) => name)).toEqual(['Loss'])
    expect(figures.document?.style.columns).toBe(3)
  })

  test('stay as they were if the user does not agree to replace them', async () => {
    const figures = reopened()
    await figures.connect()
    figures.start({ panel, name: 'Loss' })
    expect(await figures.save()).toBe(true)
    figures.put('style.columns', 2)
    agrees = false
    expect(await figures.save()).toBe(false)
    expect([figures.isChanged, kept[0]!.document?.style.columns]).toEqual([true, 1])
  })

  test('stay open if the user does not agree', async () => {
    const figures = reopened()
    await figures.connect()
    figures.start({ panel, name: 'Loss' })
    await figures.save()
    agrees = false
    expect(await figures.remove(figures.kept[0]!)).toBeNull()
    expect([figures.kept.length, figures.document?.name]).toEqual([1, 'Loss'])
  })

  test('of another version are listed, but do not open', async () => {
    kept = [{ name: 'New', changedAt: '', document: null, problem: 'version must be 1.' }]
    const figures = reopened()
    await figures.connect()
    figures.open(figures.kept[0]!)
    expect(figures.document).toBeNull()
  })
})

test('parts of a document are replaced in copies', () => {
  const before = { panels: [{ x: { from: 1 } }] }
  expect(withPart(before, 'panels.0.x.from', 2)).toEqual({ panels: [{ x: { from: 2 } }] })
  expect(withPart(before, 'panels.0.x.from', undefined)).toEqual({ panels: [{ x: {} }] })
  expect(before).toEqual({ panels: [{ x: { from: 1 } }] })
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(freeName('x'.repeat(300), ['x'.repeat(200)])).toBe(`${'x'.repeat(198)} 2`)
})
