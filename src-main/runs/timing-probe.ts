import { Worker } from 'node:worker_threads'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { ProbeTask, Probed } from './messages.ts'

/** A probe ends by itself; one that does not is ended, ms. */
const PATIENCE_MS = 30_000
/** A thread that has told how it went now and then does not exit, ms. */
const EXIT_PATIENCE_MS = 2_000

export interface ProbeOptions {
  worker: string | URL
  kernels: WebAssembly.Module
}

/** Runs the first sequences of each spec, as many at the same time as the queue would; answers in their order, null where one failed. */
export async function probeTimes(specs: readonly Spec[], atOnce: number, options: ProbeOptions): Promise<(Probed | null)[]> {
  const tried = new Array<Probed | null>(specs.length).fill(null)
  let next = 0
  const work = async () => {
    while (next < specs.length) {
      const index = next++
      tried[index] = await probeTime(specs[index], options)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return tried
}

function probeTime(spec: Spec, { worker, kernels }: ProbeOptions): Promise<Probed | null> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const workerData: ProbeTask = { kind: 'probe', spec, kernels }
    const thread = new Worker(worker, { workerData, name: 'probe' })
    let tried: Probed | null = null
    const end = () => {
      clearTimeout(timer)
      resolve(tried)
    }
    const giveUp = () => {
      void thread.terminate()
      end()
    }
    let timer = setTimeout(giveUp, PATIENCE_MS)
    thread.once('message', (told: Probed) => {
      tried = { ...told, secondsToStart: told.secondsToStart + threadSeconds(begin, told) }
      clearTimeout(timer)
      timer = setTimeout(giveUp, EXIT_PATIENCE_MS)
    })
    thread.once('error', end)
    thread.once('exit', end)
  })
}

/** What the thread itself took to come up and to go. */
const threadSeconds = (begin: number, { seconds }: Probed) => Math.max(0, (performance.now() - begin) / 1000 - seconds)
