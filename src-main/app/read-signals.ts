import { stat } from 'node:fs/promises'
import type { Table } from '../../src-engine/data/table.ts'
import { readSignal, readSignalTable, type Signal, type SignalChoice } from '../transfer/signal-file.ts'
import type { SignalTask } from './import-messages.ts'
import { inReadingThread, type Reader } from './reading-thread.ts'

/** Reads files of signals. */
export interface SignalReader {
  /** Like `readSignal`. */
  signal(file: string, choice: SignalChoice): Promise<Signal>
  /** Like `readSignalTable`, with a guessed layout. */
  table(file: string): Promise<Table>
}

/** A file of this size is read in some milliseconds, which is less than a thread takes to start. */
const SMALL_BYTES = 2 ** 18

const TOO_LARGE = 'Keep only the columns and rows that you need, or save it as an NPY file'

/** Reads small files at once, and others in a thread with a limited heap. */
export function signalReader(reader: Reader): SignalReader {
  const inThread = <Result>(task: Pick<SignalTask, 'file' | 'choice'>) =>
    inReadingThread<Result>(reader, { format: 'signal', ...task }, TOO_LARGE, (message, _worker, resolve) => {
      if (message.kind === 'signal') resolve(message.signal as Result)
    })
  return {
    signal: async (file, choice) => (await isSmall(file) ? readSignal(file, choice) : inThread<Signal>({ file, choice })),
    table: async (file) => (await isSmall(file) ? readSignalTable(file) : inThread<Table>({ file, choice: null })),
  }
}

/** Whether a file is small, or cannot be read, which the reading says. */
const isSmall = (file: string) => stat(file).then((about) => !about.isFile() || about.size <= SMALL_BYTES, () => true)
