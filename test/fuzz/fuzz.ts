import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/runtime/paths.ts'

export const kindNames = ['archive', 'library', 'spec', 'csv', 'npy'] as const
export type KindName = typeof kindNames[number]

export type FromChild = { state: 'begin'; input: string } | { state: 'read' | 'refused' } | { state: 'fault'; input: string; fault: string } | { state: 'end' }

export interface Outcome {
  read: number
  refused: number
  /** What was wrong, with the file that has the input. */
  faults: string[]
}

/** Of this process, since several may run at the same time. */
export const failureFolder = join(root, 'test-results/fuzz', String(process.pid))

/** Longer than any input takes on a loaded machine. The child itself counts the time that it computes. */
const PATIENCE_MS = 60_000

/**
 * Reads changed inputs of one kind in a process of its own, after those of test/fuzz/corpus. A fault is an error without a name, a crash, a
 * lie, more than 2 s of processor time, or more memory than five times the input and 100 MB.
 */
export function fuzz(kind: KindName, { inputs, seed }: { inputs: number; seed: number }): Promise<Outcome> {
  mkdirSync(failureFolder, { recursive: true })
  const words = [kind, String(seed), String(inputs), failureFolder]
  const child = fork(join(import.meta.dirname, 'child.ts'), words, { execArgv: ['--expose-gc', '--max-semi-space-size=8'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const outcome: Outcome = { read: 0, refused: 0, faults: [] }
  let current = 'the start'
  const fault = (what: string) => outcome.faults.push(`${join(failureFolder, `${kind}-${current}`)}: ${what}`)
  let isEnded = false
  let isKilled = false
  const impatience = () => setTimeout(() => {
    isKilled = true
    fault(`no answer after ${PATIENCE_MS / 1000} s`)
    child.kill('SIGKILL')
  }, PATIENCE_MS)
  let timer = impatience()
  child.on('message', (message: FromChild) => {
    if (message.state === 'begin') {
      current = message.input
      clearTimeout(timer)
      timer = impatience()
    } else if (message.state === 'end') isEnded = true
    else if (message.state === 'fault') fault(message.fault)
    else outcome[message.state] += 1
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0 && !isKilled) fault(`the process ended with ${code ?? signal}`)
      else if (!isEnded && !isKilled) fault('the process ended before the last input')
      resolve(outcome)
    })
  })
}
