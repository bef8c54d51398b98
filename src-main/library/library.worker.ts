import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { openConnection } from './connection.ts'
import { asLibraryError, LibraryError } from './error.ts'
import { type Answer, OPENING, requestSchema, workerDataSchema } from './protocol.ts'
import { Service } from './service.ts'

/** The one thread that holds the library's connection. It answers one request after the other. */
const port = parentPort!
const service = open()
if (service) port.on('message', (message: unknown) => answer(service, message))

function open(): Service | null {
  const { file, nativeBinding } = workerDataSchema.parse(workerData)
  try {
    const opened = new Service(openConnection(file, nativeBinding))
    post({ id: OPENING, ok: true, value: undefined })
    return opened
  } catch (error) {
    const { code, message } = asLibraryError(error)
    post({ id: OPENING, ok: false, code, message: `${file}: ${message}` })
    return null
  }
}

function answer(service: Service, message: unknown): void {
  const id = idOf(message)
  try {
    const request = requestSchema.safeParse(message)
    if (!request.success) throw new LibraryError('bad-request', `the library was asked something it does not know: ${request.error.message}`)
    // The answer still goes out; then nothing keeps the thread alive.
    if (request.data.op === 'close') port.unref()
    const { value, transfer } = service.answer(request.data)
    post({ id, ok: true, value }, transfer)
  } catch (error) {
    const { code, message } = asLibraryError(error)
    post({ id, ok: false, code, message })
  }
}

function idOf(message: unknown): number {
  const named = message as { id?: unknown } | null
  return typeof named?.id === 'number' ? named.id : Number.NaN
}

function post(answer: Answer, transfer: Transferable[] = []): void {
  port.postMessage(answer, transfer)
}
