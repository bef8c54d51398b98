import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { formatBytes } from '../../src-engine/format/sizes.ts'
import { BadInput } from '../../src-engine/experiment/problem.ts'
import { chooseColumn, type SignalColumn, type SignalTable } from '../../src-engine/data/column.ts'
import { parseCsvColumns } from '../../src-engine/data/csv.ts'
import { parseNpy } from '../../src-engine/data/npy.ts'

const MOST_BYTES = 64 * 2 ** 20

/** Read all columns of a CSV or NPY file. @throws BadInput with the file, the place in it, the rule and the value */
export async function readSignalColumns(file: string): Promise<SignalColumn[]> {
  const parse = parserOf(file)
  const table = parse(await readWhole(file), file)
  if (!table.ok) throw new BadInput(file, table.problems)
  return table.columns
}

/**
 * Read the samples of one column.
 * @param column a name, the index of an NPY column, or empty for the first numeric column
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
  throw refusal(file, 'must have a name that ends in .csv or .npy', extension === '' ? 'no extension' : extension)
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const about = await stat(file)
    if (!about.isFile()) throw refusal(file, 'must be a CSV or NPY file, not a folder or a device')
    if (about.size > MOST_BYTES) throw refusal(file, `must be at most ${formatBytes(MOST_BYTES)}`, formatBytes(about.size))
    return await readFile(file)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw refusal(file, reasonOf(error as NodeJS.ErrnoException))
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException) =>
  (code === 'ENOENT' ? 'does not exist. Choose another file' : `cannot be read: ${message}`)

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal(file, 'must be a CSV file in UTF-8')
  }
}

const refusal = (file: string, rule: string, found = '') => new BadInput(file, [{ path: '', rule, found }])
