import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BareTask } from './bare-training.ts'
import { secondsOf } from './rounds.ts'

const script = fileURLToPath(new URL('./bare-training.ts', import.meta.url))

/** s in which so many processes train at the same time, each its own; their start is not counted. */
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

/** @throws Error where the process ends instead */
async function nextMessage(child: ReturnType<typeof fork>): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the bench that should have trained has ended with exit code ${code}`)
  })
  await Promise.race([once(child, 'message'), ended])
}
