import { Worker } from 'node:worker_threads'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { ProbeTask, Probed } from './messages.ts'

/** How long to wait for a probe's result before terminating it, ms. */
const PATIENCE_MS = 30_000
/** How long to wait for the exit of a thread that has sent its result: sometimes it does not exit, ms. */
const EXIT_PATIENCE_MS = 2_000

export interface ProbeOptions {
  worker: string | URL
  kernels: WebAssembly.Module
}

/** Runs the first sequences of each spec, `atOnce` at a time. @returns results in the order of `specs`; null for a probe that failed */
export async function probeTimes(specs: readonly Spec[], atOnce: number, options: ProbeOptions): Promise<(Probed | null)[]> {
  const results = new Array<Probed | null>(specs.length).fill(null)
  let next = 0
  const work = async () => {
    while (next < specs.length) {
      const index = next++
      results[index] = await probeTime(specs[index], options)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

function probeTime(spec: Spec, { worker, kernels }: ProbeOptions): Promise<Probed | null> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const workerData: ProbeTask = { kind: 'probe', spec, kernels }
    const thread = new Worker(worker, { workerData, name: 'probe' })
    let result: Probed | null = null
    const end = () => {
      clearTimeout(timer)
      resolve(result)
    }
    const giveUp = () => {
      void thread.terminate()
      end()
    }
    let timer = setTimeout(giveUp, PATIENCE_MS)
    thread.once('message', (probed: Probed) => {
      result = { ...probed, secondsToStart: probed.secondsToStart + threadSeconds(begin, probed) }
      clearTimeout(timer)
      timer = setTimeout(giveUp, EXIT_PATIENCE_MS)
    })
    thread.once('error', end)
    thread.once('exit', end)
  })
}

/** Time that the thread took to start and to send its result. */
const threadSeconds = (begin: number, { seconds }: Probed) => Math.max(0, (performance.now() - begin) / 1000 - seconds)
