import { parentPort, workerData } from 'node:worker_threads'
import type { EpochMetrics } from '../contract/run.ts'
import { LibraryError } from '../library/library.ts'
import { endThread } from '../threads/threads.ts'
import { exportRuns, type ExportSource } from '../transfer/export.ts'
import { watchDrafts } from '../transfer/write-file.ts'
import { type AskName, type Asks, type ExportTask, type FromExport, Phase, received, sent, type ToExport } from './export-messages.ts'

/** Worker that writes exported runs, so that neither the runs nor the window wait. It asks for what it writes, piece by piece. */
const port = parentPort!
const { runIds, format, dir, application, phase } = workerData as ExportTask
const post = (message: FromExport) => port.postMessage(message)

const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
let lastId = 0

port.on('message', (message: ToExport) => {
  const asked = waiting.get(message.id)
  waiting.delete(message.id)
  if (message.kind === 'answer') asked?.resolve(message.value as never)
  else asked?.reject(received(message.error))
})

function ask<Name extends AskName>(name: Name, ...args: Asks[Name]['args']): Promise<Asks[Name]['answer']> {
  return new Promise((resolve, reject) => {
    const id = ++lastId
    waiting.set(id, { resolve, reject })
    post({ kind: 'ask', id, name, args } as FromExport)
  })
}

async function* epochs(runId: string): AsyncGenerator<EpochMetrics[]> {
  const stream = await ask('epochs', runId)
  for (let some = await ask('next', stream); some !== null; some = await ask('next', stream)) yield some
}

const source: ExportSource = {
  overview: (runId) => ask('overview', runId),
  epochs,
  array: (...which) => ask('array', ...which),
  armsOf: (sweepId) => ask('armsOf', sweepId),
}

watchDrafts({
  onDraft: (draft, exists) => post({ kind: 'draft', draft, exists }),
  beforePlace() {
    const now = Atomics.compareExchange(new Int32Array(phase), 0, Phase.writing, Phase.placing)
    if (now === Phase.cancelled) throw new LibraryError('cancelled', 'The export was cancelled.')
  },
})

try {
  const files = await exportRuns(source, runIds, format, dir, { application, onRun: (runs) => post({ kind: 'done', runs }) })
  post({ kind: 'written', files })
} catch (error) {
  post({ kind: 'failed', error: sent(error) })
}
await endThread(port)
