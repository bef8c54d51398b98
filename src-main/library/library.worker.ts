import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { type Connection, openBeside, openConnection } from './connection.ts'
import { endThread } from '../threads/threads.ts'
import { asLibraryError } from './error.ts'
import { describeHolders } from './lock-holders.ts'
import { parseRequest } from './operations.ts'
import { type FromLibrary, type Opened, OPENING, workerDataSchema } from './protocol.ts'
import { Service } from './service.ts'

/**
 * Worker that owns one connection to the library. It answers requests in order; other requests are answered during a long one. The
 * writer opens the file at once and tells whether it could. The reader opens it with its first request, when the writer has opened it.
 */
const port = parentPort!
const { file, role, nativeBinding } = workerDataSchema.parse(workerData)
let service: Service | null = null
if (role === 'reader' || opens()) port.on('message', (message: unknown) => void answer(message))

function opens(): boolean {
  try {
    const connection = openConnection(file, nativeBinding)
    const { db, readOnly } = connection
    const opened: Opened = { readOnly, readsBeside: readOnly === null && db.pragma('journal_mode', { simple: true }) === 'wal' }
    post({ id: OPENING, ok: true, value: opened })
    service = serviceOver(connection)
    return true
  } catch (error) {
    refuse(OPENING, error, `${file}: `)
    return false
  }
}

function serviceOver(connection: Connection): Service {
  return new Service({ ...connection, file, nativeBinding, onWork: (work) => post({ work }) })
}

async function answer(message: unknown): Promise<void> {
  const id = idOf(message)
  try {
    const request = parseRequest(message)
    const isLast = request.op === 'close' || request.op === 'closeWhole'
    if (!isLast) service ??= serviceOver(openBeside(file, nativeBinding))
    const { value, transfer } = await service?.answer(request) ?? { value: undefined }
    post({ id, ok: true, value }, transfer)
    // The answer was posted, so the thread may exit.
    if (isLast) await endThread(port)
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
