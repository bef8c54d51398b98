import { expect, it } from 'vitest'
import { parseSpec } from '../../../src-engine/spec/parse.ts'
import type { Probed } from '../../../src-main/runs/messages.ts'
import { probeTimes } from '../../../src-main/runs/timing-probe.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'

const spec = parseSpec({}, 'test')
const threadOf = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
const told: Probed = { secondsPerSequence: 0.25, seconds: 0.01, secondsToStart: 0 }
const telling = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${JSON.stringify(told)});`

it('a thread that has told and does not exit is not waited for', { timeout: 20_000 }, async () => {
  const worker = threadOf(`${telling} setInterval(() => {}, 1000)`)
  const answers = await probeTimes([spec, spec], 1, { worker, kernels: kernelsModule })
  expect(answers.map((tried) => tried?.secondsPerSequence)).toEqual([0.25, 0.25])
})

it('a thread that fails or says nothing has no answer', async () => {
  const kernels = kernelsModule
  expect(await probeTimes([spec], 1, { worker: threadOf('throw new Error()'), kernels })).toEqual([null])
  expect(await probeTimes([spec], 1, { worker: threadOf(''), kernels })).toEqual([null])
})
