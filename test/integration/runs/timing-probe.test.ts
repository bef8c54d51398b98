import { expect, it } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { Probed } from '../../../src-main/runs/messages.ts'
import { probeTimes } from '../../../src-main/runs/timing-probe.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'

const spec = parseSpec({}, 'test')
const threadOf = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const result: Probed = { secondsPerSequence: 0.25, seconds: 0.01, secondsToStart: 0 }
const reporting = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${JSON.stringify(result)});`

it('does not wait for a thread that has sent its result but does not exit', { timeout: 20_000 }, async () => {
  const worker = threadOf(`${reporting} setInterval(() => {}, 1000)`)
  const answers = await probeTimes([spec, spec], 1, { worker, kernels: async () => kernelsModule })
  expect(answers.map((one) => one?.secondsPerSequence)).toEqual([0.25, 0.25])
})

it('returns null for a thread that fails or sends nothing', async () => {
  const kernels = async () => kernelsModule
  expect(await probeTimes([spec], 1, { worker: threadOf('throw new Error()'), kernels })).toEqual([null])
  expect(await probeTimes([spec], 1, { worker: threadOf(''), kernels })).toEqual([null])
})
