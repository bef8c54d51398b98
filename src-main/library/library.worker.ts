import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { openConnection } from './connection.ts'
import { endThread } from '../threads/threads.ts'
import { asLibraryError } from './error.ts'
import { describeHolders } from './lock-holders.ts'
import { parseRequest } from './operations.ts'
import { type FromLibrary, type Opened, OPENING, workerDataSchema } from './protocol.ts'
import { Service } from './service.ts'

/** Worker that owns the library's connection. It answers requests in order; other requests are answered during a long one. */
const port = parentPort!
const { file, nativeBinding } = workerDataSchema.parse(workerData)
const service = open()
if (service) port.on('message', (message: unknown) => void answer(service, message))

function open(): Service | null {
  try {
    const connection = openConnection(file, nativeBinding)
    const opened: Opened = { readOnly: connection.readOnly }
    post({ id: OPENING, ok: true, value: opened })
    return new Service({ ...connection, file, nativeBinding, onWork: (work) => post({ work }) })
  } catch (error) {
    refuse(OPENING, error, `${file}: `)
    return null
  }
}

async function answer(service: Service, message: unknown): Promise<void> {
  const id = idOf(message)
  try {
    const request = parseRequest(message)
    const { value, transfer } = await service.answer(request)
    post({ id, ok: true, value }, transfer)
    // The answer was posted, so the thread may exit.
    if (request.op === 'close' || request.op === 'closeWhole') await endThread(port)
  } catch (error) {
    refuse(id, error)
  }
}

function refuse(id: number, error: unknown, prefix = ''): void {
  const { code, message } = asLibraryError(error, file)
  post({ id, ok: false, code, message: prefix + message + (code === 'locked' ? describeHolders(file) : '') })
}

function idOf(message: unknown): number {
  const named = message as { id?: unknown } | null
  return typeof named?.id === 'number' ? named.id : Number.NaN
}

function post(message: FromLibrary, transfer: Transferable[] = []): void {
  port.postMessage(message, transfer)
}
