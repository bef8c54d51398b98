import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { programFile } from '../threads/program-files.ts'
import type { BareTask } from './bare-training.ts'
import { secondsOf } from './rounds.ts'

const script = fileURLToPath(programFile('bench/bare-training'))

/** Time in which `processes` processes each train `task` at the same time, s. Starting the processes is not counted. */
export async function bareSeconds(processes: number, task: BareTask): Promise<number> {
  const children = Array.from({ length: processes }, () => fork(script, { serialization: 'advanced' }))
  try {
    await Promise.all(children.map(nextMessage))
    return await secondsOf(() => {
      for (const child of children) child.send(task)
      return Promise.all(children.map(nextMessage))
    })
  } finally {
    for (const child of children) child.kill()
  }
}

/** Waits for the next message of a process. @throws Error if the process exits instead */
async function nextMessage(child: ReturnType<typeof fork>): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A training process of the bench exited with code ${code} before it had finished`)
  })
  await Promise.race([once(child, 'message'), ended])
}
