import type { Spec } from '../../src-engine/experiment/spec.ts'
import { rest, startThread } from '../threads/threads.ts'
import type { ProbeTask, Probed } from './messages.ts'

/** How long to wait for a probe's result before terminating it, ms. */
const PATIENCE_MS = 30_000

export interface ProbeOptions {
  worker: string | URL
  kernels: () => Promise<WebAssembly.Module>
}

/** Runs the first sequences of each spec, `atOnce` at a time. @returns results in the order of `specs`; null for a probe that failed */
export async function probeTimes(specs: readonly Spec[], atOnce: number, options: ProbeOptions): Promise<(Probed | null)[]> {
  const kernels = await options.kernels()
  const results = new Array<Probed | null>(specs.length).fill(null)
  let next = 0
  const work = async () => {
    while (next < specs.length) {
      const index = next++
      results[index] = await probeTime(specs[index]!, options.worker, kernels)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

function probeTime(spec: Spec, worker: string | URL, kernels: WebAssembly.Module): Promise<Probed | null> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const workerData: ProbeTask = { kind: 'probe', spec, kernels }
    const thread = startThread(worker, { workerData, name: 'probe' })
    const end = (result: Probed | null) => {
      clearTimeout(timer)
      resolve(result)
      void rest().then(() => thread.terminate())
    }
    const timer = setTimeout(end, PATIENCE_MS, null)
    thread.once('message', (probed: Probed) => end({ ...probed, secondsToStart: probed.secondsToStart + threadSeconds(begin, probed) }))
    thread.once('error', () => end(null))
    thread.once('exit', () => end(null))
  })
}

/** Time that the thread took to start and to send its result. */
const threadSeconds = (begin: number, { seconds }: Probed) => Math.max(0, (performance.now() - begin) / 1000 - seconds)
