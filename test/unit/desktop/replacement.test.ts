import { beforeEach, expect, test, vi } from 'vitest'
import { figureDocumentSchema } from '../../../src-engine/charts/figure-document.ts'
import type { App } from '../../../src-main/app/app.ts'
import { chooseTarget, confirmAnyway } from '../../../src-main/desktop/dialogs.ts'
import { createHandlers, type Desk } from '../../../src-main/desktop/handlers.ts'

vi.mock('../../../src-main/desktop/dialogs.ts', () => ({ confirmAnyway: vi.fn(), chooseTarget: vi.fn() }))

const saveFigure = vi.fn(async () => {})
const saveView = vi.fn(async () => {})
const write = vi.fn<App['figures']['write']>(async () => ({ files: [], warnings: [] }))
const app = {
  figures: { list: async () => [{ name: 'Losses' }, { name: 'Spikes' }], save: saveFigure, write },
  views: { list: async () => [{ name: 'Best', address: 'chalcogen:library' }], save: saveView },
} as unknown as App
const handlersNow = () => createHandlers(app, {} as never, {} as Desk)
const answers = (...given: boolean[]) => { for (const one of given) vi.mocked(confirmAnyway).mockResolvedValueOnce(one) }
const questions = () => vi.mocked(confirmAnyway).mock.calls.map(([, { message, detail }]) => `${message} ${detail.split('\n')[0]}`)

const documentOf = (name: string) =>
  figureDocumentSchema.parse({ version: 1, name, panels: [{ chart: 'loss', runs: [{ run: 'abcdefgh10' }] }] })

beforeEach(() => void vi.clearAllMocks())

test('a kept figure is replaced only after a yes outside of the page, once for each figure', async () => {
  const handlers = handlersNow()
  answers(false)
  expect(await handlers['figures.save']({ document: documentOf('losses'), replaces: null })).toEqual({ saved: false })
  expect(saveFigure).not.toHaveBeenCalled()
  answers(true)
  for (let time = 0; time < 3; time++) {
    expect(await handlers['figures.save']({ document: documentOf('losses'), replaces: null })).toEqual({ saved: true })
  }
  expect(questions()).toEqual(['Replace the figure? Losses', 'Replace the figure? Losses'])
  expect(saveFigure).toHaveBeenCalledTimes(3)
})

test('a figure that gives way to one of another name is asked about too', async () => {
  answers(false)
  expect(await handlersNow()['figures.save']({ document: documentOf('New'), replaces: 'Spikes' })).toEqual({ saved: false })
  expect([questions(), saveFigure.mock.calls]).toEqual([['Replace the figure? Spikes'], []])
})

test('a new figure is saved at once', async () => {
  expect(await handlersNow()['figures.save']({ document: documentOf('New'), replaces: null })).toEqual({ saved: true })
  expect(questions()).toEqual([])
})

test('a kept view is replaced only after a yes outside of the page', async () => {
  answers(false)
  const [changed, same] = [{ name: 'best', address: 'chalcogen:queue' }, { name: 'Best', address: 'chalcogen:library' }]
  expect(await handlersNow()['views.save'](changed)).toEqual({ saved: false })
  expect(saveView).not.toHaveBeenCalled()
  expect(await handlersNow()['views.save'](same)).toEqual({ saved: true })
  answers(true)
  expect(await handlersNow()['views.save'](changed)).toEqual({ saved: true })
  expect(questions()).toEqual(['Replace the view? Best', 'Replace the view? Best'])
})

test('files beside a figure are replaced only after a yes', async () => {
  vi.mocked(chooseTarget).mockResolvedValue('/figures/losses.svg')
  answers(false)
  write.mockImplementationOnce(async (_document, _file, { mayReplace }) =>
    (await mayReplace!(['/figures/losses.py']) ? { files: [], warnings: [] } : null))
  const exported = { document: documentOf('New'), format: 'svg', dpi: 100, outlines: false, beside: true } as const
  expect(await handlersNow()['figures.export'](exported)).toBeNull()
  expect(questions()).toEqual(['Replace the files beside the figure? losses.py'])
})
