import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { confirmAnyway } from '../../../src-main/desktop/dialogs.ts'
import { createHandlers } from '../../../src-main/desktop/handlers.ts'

vi.mock('../../../src-main/desktop/dialogs.ts', () => ({ confirmAnyway: vi.fn() }))

const deleteRuns = vi.fn(async () => {})
const deletePreset = vi.fn(async () => {})
const deleteFigure = vi.fn(async () => {})
const deleteView = vi.fn(async () => {})
const app = {
  deleteRuns, deletePreset,
  figures: { list: async () => [{ name: 'Losses', document: {} }, { name: 'Newer', document: null }], delete: deleteFigure }, views: { delete: deleteView },
  presets: async () => [{ id: 'a/b', title: 'Paper' }],
  summaries: async (runIds: string[]) => runIds.map((runId, index) => ({ runId, name: index === 0 ? 'first\u202e\nline' : '', preset: 'a/b' })),
} as unknown as App
const runIds = Array.from({ length: 12 }, (_, index) => `abcdefgh${10 + index}`)
const handlers = createHandlers(app, {} as never, {} as never)
const answer = () => handlers['runs.delete']({ runIds })

test('runs are deleted for good only after a yes outside of the page, which names them', async () => {
  vi.mocked(confirmAnyway).mockResolvedValueOnce(false)
  expect(await answer()).toEqual({ deleted: false })
  expect(deleteRuns).not.toHaveBeenCalled()
  const { message, detail } = vi.mocked(confirmAnyway).mock.lastCall![1]
  expect(message).toBe('Delete 12 runs permanently?')
  expect(detail.split('\n')).toEqual([
    'first\\u202e\\nline', ...Array.from({ length: 9 }, () => 'Paper'), 'and 2 more runs', '', expect.stringContaining('This cannot be undone.'),
  ])
  vi.mocked(confirmAnyway).mockResolvedValueOnce(true)
  expect(await answer()).toEqual({ deleted: true })
  expect(deleteRuns).toHaveBeenCalledWith(runIds)
})

test.each([
  ['preset', 'Paper', deletePreset, () => handlers['presets.delete']({ id: 'a/b' })],
  ['figure', 'Losses', deleteFigure, () => handlers['figures.delete']({ name: 'Losses' })],
  ['view', 'Best', deleteView, () => handlers['views.delete']({ name: 'Best' })],
] as const)('a %s is deleted only after a yes outside of the page, which names it', async (kind, name, remove, answer) => {
  vi.mocked(confirmAnyway).mockResolvedValueOnce(false)
  expect(await answer()).toEqual({ deleted: false })
  expect(remove).not.toHaveBeenCalled()
  const { message, detail } = vi.mocked(confirmAnyway).mock.lastCall![1]
  expect([message, detail]).toEqual([`Delete the ${kind}?`, expect.stringContaining(`${name}\n\nOnly Undo`)])
  vi.mocked(confirmAnyway).mockResolvedValueOnce(true)
  expect(await answer()).toEqual({ deleted: true })
  expect(remove).toHaveBeenCalledOnce()
})

test('of a figure that cannot be read, the question says that nothing restores it', async () => {
  vi.mocked(confirmAnyway).mockResolvedValueOnce(false)
  await handlers['figures.delete']({ name: 'Newer' })
  expect(vi.mocked(confirmAnyway).mock.lastCall![1].detail).toContain('cannot be restored')
})
