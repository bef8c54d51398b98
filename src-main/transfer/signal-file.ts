import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { BadInput } from '../../src-engine/spec/problem.ts'
import { chooseColumn, type SignalColumn, type SignalTable } from '../../src-engine/task/column.ts'
import { parseCsvColumns } from '../../src-engine/task/csv.ts'
import { parseNpy } from '../../src-engine/task/npy.ts'

const MOST_MEGABYTES = 64

/** Every column of a CSV or NPY file. @throws BadInput that names the file, the place in it, what was found, what is allowed. */
export async function readSignalColumns(file: string): Promise<SignalColumn[]> {
  const parse = parserOf(file)
  const table = parse(await readWhole(file), file)
  if (!table.ok) throw new BadInput(file, table.problems)
  return table.columns
}

/**
 * The samples of one column.
 * @param column a name, the index of an NPY column, or empty for the first column of numbers
 * @throws BadInput
 */
export async function readSignal(file: string, column: string): Promise<number[]> {
  const chosen = chooseColumn(await readSignalColumns(file), column)
  if (!chosen.ok) throw new BadInput(file, chosen.problems)
  return chosen.values
}

type Parser = (bytes: Uint8Array, file: string) => SignalTable

function parserOf(file: string): Parser {
  const extension = extname(file).toLowerCase()
  if (extension === '.csv') return (bytes) => parseCsvColumns(decodeText(bytes, file))
  if (extension === '.npy') return parseNpy
  throw refusal(file, extension === '' ? 'no extension' : `a name that ends in ${extension}`, '.csv or .npy')
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const about = await stat(file)
    const megabytes = about.size / 2 ** 20
    if (!about.isFile()) throw refusal(file, 'something that is not a file', 'a CSV or NPY file')
    if (megabytes > MOST_MEGABYTES) throw refusal(file, `${megabytes.toFixed(1)} MiB`, `at most ${MOST_MEGABYTES} MiB`)
    return await readFile(file)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw refusal(file, reasonOf(error as NodeJS.ErrnoException), 'a file that can be read')
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException) => (code === 'ENOENT' ? 'no such file' : message)

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal(file, 'text that is not UTF-8', 'a CSV file saved as UTF-8')
  }
}

const refusal = (file: string, found: string, allowed: string) => new BadInput(file, [{ path: '', found, allowed }])
