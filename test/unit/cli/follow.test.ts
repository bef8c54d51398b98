import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { follow } from '../../../src-main/cli/follow.ts'
import { Interruption } from '../../../src-main/cli/interruption.ts'
import { createOutput } from '../../../src-main/cli/output.ts'
import { run } from '../transfer/support.ts'

test('following a run reads none of its epochs, of which there may be very many', async () => {
  const { summary } = run({ runId: '0run00001', status: 'done' })
  const get = vi.fn()
  const app = {
    get, overview: async () => ({ summary }), finished: async () => summary, events: { on: () => () => {} },
  } as unknown as App
  const output = createOutput({ isLive: false, writeOut: () => {}, writeError: () => {} }, false, new Interruption())
  expect(await follow(app, '0run00001', output)).toEqual(summary)
  expect(get).not.toHaveBeenCalled()
})
